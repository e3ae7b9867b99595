package dev.ritz.preconditioners.polynomial;

/** z ← p(M⁻¹A) M⁻¹ r by a {@link Recurrence}: k − 1 products, k applications of M. */
final class RecurrencePolynomial extends PolynomialPreconditioner {
    private final Recurrence p;
    private final double[] rho;
    private final double[] w;
    private final double[] q;
    private final double[] s;

    RecurrencePolynomial(FirstLevel level, Kind kind, Recurrence p, String name, String note) {
        super(level, kind, name, note);
        boolean longer = p.steps() > 1;
        this.p = p;
        this.rho = longer ? new double[level.n] : null;
        this.w = longer ? new double[level.n] : null;
        this.q = longer ? new double[level.n] : null;
        this.s = level.newPreconditioned();
    }

    /**
     * Builds one, SPD when p is positive at the given values.
     *
     * @param level A and M
     * @param p the polynomial
     * @param ritz Ritz values of M⁻¹A
     * @param name the method with its degree
     * @param note what the build decided
     */
    static RecurrencePolynomial of(FirstLevel level, Recurrence p, RitzValues ritz, String name, String note) {
        double bad = p.firstNotPositive(ritz.values());
        boolean positive = Double.isNaN(bad);
        String lost = positive ? "" : "; not positive at the Ritz value " + bad;
        return new RecurrencePolynomial(level, level.kind(positive), p, name, note + lost);
    }

    @Override
    public void apply(double[] r, double[] z) {
        int steps = p.steps();
        if (steps == 1) {
            level.vectors.scale(p.gain()[0], level.precondition(r, s), z);
            return;
        }
        double size = p.step()[0]; // of the inverse of M⁻¹A: ρ is kept times it, so that no product overflows
        level.vectors.scale(size, r, rho);
        double[] first = level.precondition(rho, w);
        if (first != w) {
            level.vectors.copy(first, w);
        }
        level.vectors.scale(p.gain()[0] / size, w, z);
        for (int i = 1; i < steps; i++) {
            level.product(w, q);
            level.vectors.axpy(-p.step()[i - 1], q, rho); // ρ ← ρ − c2 A w
            double[] t = level.precondition(rho, s);
            // w ← M⁻¹ρ + β w, z ← z + gain w; the direction before that is not needed
            level.recurrences.threeTerm(t, p.beta()[i], 0, t, w, p.gain()[i] / size, z);
        }
    }

    @Override
    int vectors() {
        return (p.steps() > 1 ? 3 : 0) + (level.plain() ? 0 : 1);
    }
}
