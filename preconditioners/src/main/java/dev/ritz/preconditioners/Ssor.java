package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;

/**
 * Symmetric successive over-relaxation: M = (D + ωL) D⁻¹ (D + ωU) / (ω (2 − ω)) with A = L + D + U.
 *
 * <pre>
 * Needs   A square, no zero on the diagonal
 * Gives   M; SPD when A is symmetric with a positive diagonal, else FIXED
 * Step    2 triangular sweeps
 * Memory  12 bytes an entry off the diagonal, long uneven rows padded, and 36 n
 * Fails   ZERO_PIVOT, NOT_FINITE
 * Source  Axelsson 1972, doi:10.1007/BF01932955; Saad 2003, section 10.2
 * </pre>
 *
 * @param omega relaxation, in (0, 2)
 */
public record Ssor(double omega) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param omega relaxation, in (0, 2)
     */
    public Ssor {
        if (!(omega > 0 && omega < 2)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in (0, 2)");
        }
    }

    /** omega 1: symmetric Gauss-Seidel. */
    public Ssor() {
        this(1);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        TriangularPattern s = IncompleteFactors.symbolic(old, a, 0, false);
        int n = a.rows();
        double[] values = a.values();
        double[] inverse = new double[n];
        boolean positive = true;
        for (int i = 0; i < n; i++) {
            double d = values[s.diagonal[i]];
            if (d == 0) {
                throw IncompleteFactors.zeroPivot(i, "zero");
            }
            positive &= d > 0;
            inverse[i] = 1 / d;
        }
        int[] rowPtr = a.rowPtr();
        double[] lu = new double[a.nnz()];
        for (int i = 0; i < n; i++) {
            for (int k = rowPtr[i]; k < s.diagonal[i]; k++) {
                lu[k] = omega * values[k] * inverse[a.colIdx()[k]]; // L̂ = ω L D⁻¹
            }
            for (int k = s.diagonal[i] + 1; k < rowPtr[i + 1]; k++) {
                lu[k] = omega * values[k]; // Û = ω D⁻¹ U
            }
        }
        double[] middle = new double[n];
        for (int i = 0; i < n; i++) {
            middle[i] = inverse[i] * omega * (2 - omega);
            if (!(Math.abs(middle[i]) <= Double.MAX_VALUE)) {
                throw IncompleteFactors.notFinite(i, middle[i]);
            }
        }
        boolean spd = positive && a.asymmetry() == 0;
        return new TriangularFactors(
                name(),
                spd ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED,
                "",
                s,
                Precision.DOUBLE,
                lu,
                inverse,
                middle);
    }
}
