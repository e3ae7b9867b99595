package dev.ritz.basis;

import dev.ritz.api.CsrMatrix;

/**
 * A matrix that depends on parameters, as a simulation code assembles it. All its matrices have one size; their
 * patterns may differ.
 */
@FunctionalInterface
public interface ParametrizedMatrix {

    /**
     * Assembles the matrix.
     *
     * @param mu the parameters, unchanged
     * @return A(μ)
     */
    CsrMatrix assemble(double[] mu);

    /**
     * Single entries. Codes that can compute an entry without assembling the rest override this.
     *
     * @param mu the parameters, unchanged
     * @param rows 0-based rows
     * @param cols 0-based columns, same length
     * @return the entries a_ij(μ), 0 where nothing is stored
     */
    default double[] entries(double[] mu, int[] rows, int[] cols) {
        if (rows.length != cols.length) {
            throw new IllegalArgumentException(
                    "rows and cols have lengths " + rows.length + " and " + cols.length + ", expected equal ones");
        }
        CsrMatrix a = assemble(mu);
        double[] values = new double[rows.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = a.get(rows[k], cols[k]);
        }
        return values;
    }
}
