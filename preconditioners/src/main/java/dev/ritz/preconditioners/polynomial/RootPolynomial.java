package dev.ritz.preconditioners.polynomial;

/**
 * z ← p(M⁻¹A) M⁻¹ r with 1 − t p(t) = Π (1 − t/θ_i), factor by factor: a product per root but the last. Conjugate pairs
 * stand next to each other and are one factor, 1 − t (2 Re θ − t)/|θ|².
 */
final class RootPolynomial extends PolynomialPreconditioner {
    private final double[] re;
    private final double[] im;
    private final double size;
    private final double[] q;
    private final double[] t;
    private final double[] s;

    RootPolynomial(FirstLevel level, Kind kind, Roots roots, String name, String note) {
        super(level, kind, name, note);
        this.re = roots.re();
        this.im = roots.im();
        this.size = re.length == 0 ? 1 : Math.hypot(re[0], im[0]); // the largest stands first
        this.q = new double[level.n];
        this.t = new double[level.n];
        this.s = level.plain() && !roots.complex() ? null : new double[level.n];
    }

    @Override
    public void apply(double[] r, double[] z) {
        level.vectors.scale(1 / size, level.precondition(r, s), q); // of the size of z, so that no product overflows
        level.vectors.scale(0, q, z);
        for (int i = 0; i < re.length; i += im[i] == 0 ? 1 : 2) {
            if (im[i] == 0) {
                level.vectors.axpy(size / re[i], q, z); // z ← z + q/θ
                if (i + 1 < re.length) {
                    level.product(q, t);
                    level.vectors.axpy(-1 / re[i], level.precondition(t, s), q); // q ← q − M⁻¹A q/θ
                }
            } else {
                pair(i, z);
            }
        }
    }

    private void pair(int i, double[] z) {
        double square = Roots.square(re[i], im[i]);
        level.product(q, t);
        double[] w = level.precondition(t, s);
        level.vectors.axpy(-2 * re[i], q, w); // w ← M⁻¹A q − 2 Re θ q
        level.vectors.axpy(-size / square, w, z);
        if (i + 2 < re.length) {
            double[] u = w == t ? s : t;
            level.product(w, u);
            level.vectors.axpy(1 / square, level.precondition(u, s), q); // q ← q + M⁻¹A w/|θ|²
        }
    }

    @Override
    int vectors() {
        return s == null ? 2 : 3;
    }
}
