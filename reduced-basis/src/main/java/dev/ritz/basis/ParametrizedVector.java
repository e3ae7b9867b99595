package dev.ritz.basis;

/** A right-hand side that depends on parameters. */
@FunctionalInterface
public interface ParametrizedVector {

    /**
     * Assembles the vector.
     *
     * @param mu the parameters, unchanged
     * @return b(μ), always of one length
     */
    double[] assemble(double[] mu);

    /**
     * Single entries. Codes that can compute an entry without assembling the rest override this.
     *
     * @param mu the parameters, unchanged
     * @param rows 0-based rows
     * @return the entries b_i(μ)
     */
    default double[] entries(double[] mu, int[] rows) {
        double[] b = assemble(mu);
        double[] values = new double[rows.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = b[rows[k]];
        }
        return values;
    }
}
