package dev.ritz.preconditioners.polynomial;

/**
 * z ← P_τ M⁻¹r / e_{τ+1} from the ratios ρ_k = e_k / e_{k−1}: z_0 = v = M⁻¹r / ρ_{τ+1}, z_k = v − B z_{k−1} / ρ_k. The
 * ratios have the size of A; the e_k would leave the range of a double.
 */
final class TracePolynomial extends PolynomialPreconditioner {
    private final double[] ratios; // ρ_1 … ρ_{τ+1}
    private final double[] v;
    private final double[] x;
    private final double[] y;

    TracePolynomial(FirstLevel level, Kind kind, double[] ratios, String name, String note) {
        super(level, kind, name, note);
        boolean longer = ratios.length > 1;
        this.ratios = ratios;
        this.v = longer ? new double[level.n] : level.newPreconditioned();
        this.x = ratios.length > 2 ? new double[level.n] : null;
        this.y = longer && !level.plain() ? new double[level.n] : null;
    }

    @Override
    public void apply(double[] r, double[] z) {
        int tau = ratios.length - 1;
        double[] preconditioned = level.precondition(r, v);
        if (tau == 0) {
            level.vectors.scale(1 / ratios[0], preconditioned, z);
            return;
        }
        level.vectors.scale(1 / ratios[tau], preconditioned, v); // first, so that no product overflows
        double[] last = v;
        for (int k = 0; k < tau; k++) {
            // an odd number of steps is left: into z, so that the last one ends there
            double[] next = (tau - k) % 2 == 1 ? z : x;
            double[] product = level.plain() ? next : y;
            level.product(last, product);
            double[] b = level.precondition(product, next);
            level.vectors.waxpySquare(v, -1 / ratios[k], b, next); // z_k ← v − B z_{k−1} / ρ_k
            last = next;
        }
    }

    @Override
    int vectors() {
        return (x == null ? 0 : 1) + (v == null ? 0 : 1) + (y == null ? 0 : 1);
    }
}
