package dev.ritz.preconditioners.domain;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.ordering.Partition;
import java.util.Objects;

/**
 * One-level Schwarz methods: overlapping subdomains, each with a preconditioner of its own, all at once on the threads
 * of the matrix's pool.
 *
 * <p>With conjugate gradients take {@link Variant#ADDITIVE} with an inner SPD preconditioner, such as {@code Ic0} or
 * {@link Direct}; elsewhere the restricted variant saves iterations and a pass. The number of iterations grows with the
 * number of subdomains: for many of them put it into a two-level method.
 *
 * <pre>
 * Needs   A square; what the inner preconditioner needs, of each A_i = R_i A R_iᵀ
 * Gives   M⁻¹ = Σ R_iᵀ M_i⁻¹ R_i, SPD where every M_i is; restricted: Σ R̃_iᵀ M_i⁻¹ R_i, where R̃_i keeps the rows of the
 *         part without its overlap, FIXED
 * Set-up  the parts, and the inner builds, in parallel
 * Step    1 inner apply for each subdomain, 2 passes
 * Memory  the inner preconditioners; with N the rows of all subdomains together: 2N doubles, N ints and the patterns of
 *         the A_i, additive 3N doubles and 2N + n ints
 * Fails   whatever an inner build fails with, rows named as the caller numbers them; TOO_LARGE (N above 32 n)
 * Source  Smith, Bjørstad &amp; Gropp 1996; restricted: Cai &amp; Sarkis 1999, doi:10.1137/S106482759732678X
 * </pre>
 *
 * @param partition the parts that the subdomains grow from
 * @param overlap how many layers of neighbours are added to each part, at least 0
 * @param variant how the subdomains are put together
 * @param inner factory of the preconditioner of each subdomain
 */
public record Schwarz(Partition partition, int overlap, Variant variant, PreconditionerFactory inner)
        implements PreconditionerFactory {

    /** How the subdomains are put together. */
    public enum Variant {
        /** Overlaps are added up, which keeps symmetry. */
        ADDITIVE,
        /** Each row takes its value from the part it belongs to. */
        RESTRICTED
    }

    /**
     * The factory with its options.
     *
     * @param partition the parts that the subdomains grow from
     * @param overlap how many layers of neighbours are added to each part, at least 0
     * @param variant how the subdomains are put together
     * @param inner factory of the preconditioner of each subdomain
     */
    public Schwarz {
        Objects.requireNonNull(partition, "partition");
        if (overlap < 0) {
            throw new IllegalArgumentException("overlap = " + overlap + ", expected at least 0");
        }
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(inner, "inner");
    }

    /** Parts of about 1500 rows, overlap 1, restricted, with {@link Ilu0}. */
    public Schwarz() {
        this(Partition.AUTOMATIC, 1, Variant.RESTRICTED, new Ilu0());
    }

    /**
     * The same with other parts.
     *
     * @param newPartition the parts that the subdomains grow from
     * @return the factory
     */
    public Schwarz withPartition(Partition newPartition) {
        return new Schwarz(newPartition, overlap, variant, inner);
    }

    /**
     * The same with another number of parts.
     *
     * @param parts how many, 0 for parts of about 1500 rows
     * @return the factory
     */
    public Schwarz withParts(int parts) {
        return withPartition(Partition.into(parts));
    }

    /**
     * The same with another overlap.
     *
     * @param newOverlap how many layers of neighbours are added to each part, at least 0
     * @return the factory
     */
    public Schwarz withOverlap(int newOverlap) {
        return new Schwarz(partition, newOverlap, variant, inner);
    }

    /**
     * The same in another variant.
     *
     * @param newVariant how the subdomains are put together
     * @return the factory
     */
    public Schwarz withVariant(Variant newVariant) {
        return new Schwarz(partition, overlap, newVariant, inner);
    }

    /**
     * The same with another preconditioner in the subdomains.
     *
     * @param newInner its factory
     * @return the factory
     */
    public Schwarz withInner(PreconditionerFactory newInner) {
        return new Schwarz(partition, overlap, variant, newInner);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        Subdomains known =
                old instanceof Subdomains s && s.madeBy(this) && s.pattern().sameAs(a.pattern()) ? s : null;
        Subdomain[] parts = known == null ? split(a) : known.parts();
        WorkerPool alone = known == null ? WorkerPool.of(1) : known.alone();
        Subdomain.buildAll(parts, a, inner, alone);
        return new Subdomains(a, parts, alone, this);
    }

    private Subdomain[] split(CsrMatrix a) {
        int[] labels = partition.labels(a.pattern());
        int[][] rows = Partition.overlapping(a.pattern(), labels, overlap);
        Subdomain[] parts = new Subdomain[rows.length];
        for (int p = 0; p < parts.length; p++) {
            parts[p] = new Subdomain(p, rows[p], labels);
        }
        return parts;
    }

    @Override
    public String name() {
        return "Schwarz(" + inner.name() + ")";
    }
}
