package dev.ritz.preconditioners.composition;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.preconditioners.polynomial.LargestEigenvalue;
import java.util.List;
import java.util.Locale;

/**
 * Successive corrections by other preconditioners: each works on the residual that those before it have left. The
 * symmetric form goes M_1, …, M_p, …, M_1, as a multigrid cycle goes from smoother to coarse space and back.
 *
 * <pre>
 * Needs   what the parts need
 * Gives   symmetric form: SPD where A is symmetric and seen positive definite and all parts are SPD; plain form with
 *         one part: its kind; VARIABLE where a part is; else FIXED
 * Set-up  the parts; symmetric form: 10 products and 11 applies for each part but the last
 * Step    p parts: p − 1 products, p applies; symmetric 2p − 2 products, 2p − 1 applies
 * Memory  2n doubles where there is more than one part, and the parts
 * Fails   NOT_FINITE; whatever a part fails with
 * Source  Xu 1992, doi:10.1137/1034116 (successive subspace corrections)
 * </pre>
 *
 * Why that is SPD: with E_i = I − w_i M_i⁻¹A the error of the symmetric form is F* E_p F, F = E_{p−1} ⋯ E_1, where *
 * is the adjoint in the inner product of A. E_p has eigenvalues below 1 whatever M_p is; so F* E_p F has them too when
 * ‖F‖_A ≤ 1, that is when w_i λ_max(M_i⁻¹A) ≤ 2 for i &lt; p. No bound is asked of the last part. λ_max is estimated
 * ({@link LargestEigenvalue}, a Ritz value with a safety factor), and a part whose bound exceeds 2 gets the weight w_i = 2 /
 * bound, which the note names. Where the estimate fails, all weights are 1 and the kind is FIXED.
 *
 * @param parts factories of the M_i, at least one, in the order of the corrections
 * @param symmetric whether to go forth and back
 */
public record Multiplicative(List<PreconditionerFactory> parts, boolean symmetric) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param parts factories of the M_i, at least one, in the order of the corrections
     * @param symmetric whether to go forth and back
     */
    public Multiplicative {
        parts = Checks.parts(parts);
    }

    /**
     * The symmetric form.
     *
     * @param parts factories of the M_i, at least one, in the order of the corrections
     */
    public Multiplicative(List<PreconditionerFactory> parts) {
        this(parts, true);
    }

    /** {@link Jacobi} before and after {@link Ssor}. */
    public Multiplicative() {
        this(List.of(new Jacobi(), new Ssor()));
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        Parts built = Parts.build(parts, old instanceof Corrections c ? c.parts : null, a);
        double[] bounds = new double[built.m.length - 1];
        boolean contracts = symmetric || bounds.length == 0;
        for (int i = 0; i < bounds.length && contracts && built.kind() == Preconditioner.Kind.SPD; i++) {
            bounds[i] = LargestEigenvalue.bound(a, built.m[i]);
            contracts = bounds[i] <= Double.MAX_VALUE; // also where it is NaN
        }
        return new Corrections(a, built, symmetric, bounds, contracts);
    }

    @Override
    public String name() {
        return label(symmetric, Parts.names(parts, ", "));
    }

    private static String label(boolean symmetric, String parts) {
        return "Multiplicative(" + parts + (symmetric ? ")" : "; forward)");
    }

    /** z ← z + w_i M_i⁻¹ (r − A z), part after part, from z = 0. */
    private static final class Corrections implements Preconditioner {
        private final CsrMatrix a;
        private final Parts parts;
        private final boolean symmetric;
        private final boolean contracts;
        private final double[] weights;
        private final Vectors vectors;
        private final double[] t;
        private final double[] s;
        private long products;

        Corrections(CsrMatrix a, Parts parts, boolean symmetric, double[] bounds, boolean contracts) {
            int p = parts.m.length;
            this.a = a;
            this.parts = parts;
            this.symmetric = symmetric;
            this.contracts = contracts;
            this.weights = new double[p];
            for (int i = 0; i < p; i++) {
                weights[i] = i < p - 1 && contracts && bounds[i] > 2 ? 2 / bounds[i] : 1;
            }
            this.vectors = new Vectors(a.rows(), a.pool());
            this.t = p == 1 ? null : new double[a.rows()];
            this.s = p == 1 ? null : new double[a.rows()];
        }

        @Override
        public int size() {
            return a.rows();
        }

        @Override
        public Kind kind() {
            Kind kind = parts.kind();
            return kind == Kind.SPD && !contracts ? Kind.FIXED : kind;
        }

        @Override
        public void apply(double[] r, double[] z) {
            int p = parts.m.length;
            parts.m[0].apply(r, z);
            if (weights[0] != 1) {
                vectors.scale(weights[0], z);
            }
            for (int i = 1; i < p; i++) {
                correct(i, r, z);
            }
            for (int i = p - 2; symmetric && i >= 0; i--) {
                correct(i, r, z);
            }
        }

        private void correct(int i, double[] r, double[] z) {
            products++;
            a.residual(r, z, t); // t ← r − A z
            parts.m[i].apply(t, s);
            vectors.axpy(weights[i], s, z); // z ← z + w M⁻¹ t
        }

        @Override
        public String name() {
            return label(symmetric, parts.names(", "));
        }

        @Override
        public long bytes() {
            return (t == null ? 0 : 16L * t.length) + parts.bytes();
        }

        @Override
        public double traffic() {
            int corrections = (symmetric ? 2 : 1) * (parts.m.length - 1);
            double product = 12.0 * a.nnz() + 4.0 * size() + 24.0 * size();
            return (symmetric ? 2 : 1) * parts.traffic() + corrections * (product + 24.0 * size());
        }

        @Override
        public double setupTraffic() {
            return parts.setupTraffic();
        }

        @Override
        public long products() {
            return products + parts.products();
        }

        @Override
        public String note() {
            StringBuilder own = new StringBuilder();
            for (int i = 0; i < weights.length; i++) {
                if (weights[i] != 1) {
                    own.append(own.length() == 0 ? "" : "; ")
                            .append(String.format(Locale.ROOT, "part %d scaled by %.4g", i + 1, weights[i]));
                }
            }
            return parts.note(own.toString());
        }
    }
}
