package dev.ritz.preconditioners.polynomial;

/**
 * The coefficients of a polynomial p with k steps in the form all residual polynomials with a three-term recurrence
 * share: from z = 0 and ρ = r,
 *
 * <pre>
 * d ← c1 d + c2 M⁻¹ρ,   z ← z + weight d,   ρ ← ρ − A d
 * </pre>
 *
 * Steps are kept with the direction w = d / c2, so that w ← M⁻¹ρ + β w is one pass with the update of z.
 *
 * @param beta c1_i c2_{i−1} / c2_i; the first is 0
 * @param step c2_i: ρ ← ρ − c2 A w
 * @param gain weight_i c2_i: z ← z + gain w
 */
record Recurrence(double[] beta, double[] step, double[] gain) {

    /**
     * From the coefficients of d.
     *
     * @param c1 the first is not used
     * @param c2 positive
     * @param weight of each direction in z
     */
    static Recurrence of(double[] c1, double[] c2, double[] weight) {
        int k = c2.length;
        double[] beta = new double[k];
        double[] gain = new double[k];
        for (int i = 0; i < k; i++) {
            beta[i] = i == 0 ? 0 : c1[i] * (c2[i - 1] / c2[i]);
            gain[i] = weight[i] * c2[i];
            if (!(Math.abs(gain[i]) <= Double.MAX_VALUE) || !(gain[i] > 0) || !(beta[i] <= Double.MAX_VALUE)) {
                throw Checks.overflow("coefficient " + i + " of the polynomial", gain[i]);
            }
        }
        return new Recurrence(beta, c2, gain);
    }

    int steps() {
        return step.length;
    }

    /** {@return p(t)} */
    double at(double t) {
        double w = 1;
        double p = gain[0];
        double rho = 1 - step[0] * t;
        for (int i = 1; i < step.length; i++) {
            w = rho + beta[i] * w;
            p += gain[i] * w;
            rho -= step[i] * t * w;
        }
        return p;
    }

    /** {@return the first of the values at which p is not positive, NaN when there is none} */
    double firstNotPositive(double[] values) {
        for (double t : values) {
            if (!(at(Math.max(t, 0)) > 0)) {
                return t;
            }
        }
        return Double.NaN;
    }
}
