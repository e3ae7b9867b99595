package dev.ritz.preconditioners.composition;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Ssor;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The sum of other preconditioners: z = Σ w_i M_i⁻¹ r. It takes no products, and each part may look at what the others
 * miss; {@link Multiplicative} makes more of the same parts.
 *
 * <pre>
 * Needs   what the parts need
 * Gives   SPD where all parts are and all weights are positive; VARIABLE where a part is; else FIXED
 * Step    1 apply of each part, 3 vectors moved for each after the first
 * Memory  n doubles where there is more than one part, and the parts
 * Fails   NOT_FINITE; whatever a part fails with
 * Source  Saad 2003, section 14.3 (additive projections)
 * </pre>
 *
 * @param parts factories of the M_i, at least one
 * @param weights w_i, one for each part: finite and not 0
 */
public record Additive(List<PreconditionerFactory> parts, List<Double> weights) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param parts factories of the M_i, at least one
     * @param weights w_i, one for each part: finite and not 0
     */
    public Additive {
        parts = Checks.parts(parts);
        weights = List.copyOf(Objects.requireNonNull(weights, "weights"));
        if (weights.size() != parts.size()) {
            throw new IllegalArgumentException(
                    "weights = " + weights + ", expected one for each of " + parts.size() + " parts");
        }
        for (double w : weights) {
            if (!(Math.abs(w) > 0 && Math.abs(w) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("weights = " + weights + ", expected finite numbers other than 0");
            }
        }
    }

    /**
     * The plain sum.
     *
     * @param parts factories of the M_i, at least one
     */
    public Additive(List<PreconditionerFactory> parts) {
        this(parts, Collections.nCopies(parts.size(), 1.0));
    }

    /** {@link Jacobi} and {@link Ssor}. */
    public Additive() {
        this(List.of(new Jacobi(), new Ssor()));
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        Parts built = Parts.build(parts, old instanceof Sum s ? s.parts : null, a);
        return new Sum(
                built, weights.stream().mapToDouble(Double::doubleValue).toArray(), new Vectors(a.rows(), a.pool()));
    }

    @Override
    public String name() {
        return "Additive(" + Parts.names(parts, " + ") + ")";
    }

    /** z ← Σ w_i M_i⁻¹ r. */
    private static final class Sum implements Preconditioner {
        private final Parts parts;
        private final double[] weights;
        private final Vectors vectors;
        private final double[] s;

        Sum(Parts parts, double[] weights, Vectors vectors) {
            this.parts = parts;
            this.weights = weights;
            this.vectors = vectors;
            this.s = parts.m.length == 1 ? null : new double[vectors.length()];
        }

        @Override
        public int size() {
            return vectors.length();
        }

        @Override
        public Kind kind() {
            boolean positive = true;
            for (double w : weights) {
                positive &= w > 0;
            }
            Kind kind = parts.kind();
            return kind == Kind.SPD && !positive ? Kind.FIXED : kind;
        }

        @Override
        public void apply(double[] r, double[] z) {
            Preconditioner[] m = parts.m;
            m[0].apply(r, z);
            if (weights[0] != 1) {
                vectors.scale(weights[0], z);
            }
            for (int i = 1; i < m.length; i++) {
                m[i].apply(r, s);
                vectors.axpy(weights[i], s, z); // z ← z + w M⁻¹ r
            }
        }

        @Override
        public String name() {
            return "Additive(" + parts.names(" + ") + ")";
        }

        @Override
        public long bytes() {
            return (s == null ? 0 : 8L * s.length) + parts.bytes();
        }

        @Override
        public double traffic() {
            return parts.traffic() + 24.0 * (parts.m.length - 1) * size();
        }

        @Override
        public double setupTraffic() {
            return parts.setupTraffic();
        }

        @Override
        public long products() {
            return parts.products();
        }

        @Override
        public String note() {
            return parts.note("");
        }
    }
}
