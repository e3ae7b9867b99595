package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.kernel.WorkerPool;

/**
 * A sparse approximate inverse, M⁻¹ = G or M⁻¹ = Gᵀ G: one or two products with sparse matrices, in the format that
 * suits them.
 */
final class SparseInverse implements Preconditioner {
    private final String name;
    private final Kind kind;
    private final SparsityPattern origin;
    private final WorkerPool pool;
    private final int power;
    private final SparsityPattern where;
    private final FormatChoice first;
    /** Gᵀ, or null. */
    private final FormatChoice second;

    private final double[] between;

    /**
     * Chooses formats.
     *
     * @param a the matrix
     * @param power of A, whose pattern that of G is
     * @param values of G
     * @param factored whether M⁻¹ = Gᵀ G
     * @param old of the same power and pattern, whose formats are kept; or null
     */
    SparseInverse(
            String name,
            Kind kind,
            CsrMatrix a,
            int power,
            SparsityPattern where,
            double[] values,
            boolean factored,
            SparseInverse old) {
        this.name = name;
        this.kind = kind;
        this.origin = a.pattern();
        this.pool = a.pool();
        this.power = power;
        this.where = where;
        CsrMatrix g = CsrMatrix.of(where, values).on(pool);
        this.first = old == null ? FormatChoice.choose(g) : old.first.withValues(g);
        CsrMatrix t = factored ? g.transpose() : null;
        this.second = t == null ? null : old == null ? FormatChoice.choose(t) : old.second.withValues(t);
        this.between = new double[factored ? a.rows() : 0];
    }

    /** {@code old} where its pattern serves for {@code a}, else null. */
    static SparseInverse fitting(Preconditioner old, CsrMatrix a, int power, boolean factored) {
        return old instanceof SparseInverse s
                        && s.power == power
                        && (s.second != null) == factored
                        && s.pool == a.pool()
                        && s.origin.sameAs(a.pattern())
                ? s
                : null;
    }

    /** The pattern of G. */
    SparsityPattern where() {
        return where;
    }

    /** {@return G} */
    LinearOperator factor() {
        return first.operator();
    }

    @Override
    public int size() {
        return where.rows();
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void apply(double[] r, double[] z) {
        if (second == null) {
            first.operator().apply(r, z);
        } else {
            first.operator().apply(r, between);
            second.operator().apply(between, z);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        long patterns = 4L * (where.nnz() + (long) where.rows() + 1);
        long all = patterns + bytes(first.operator()) + 8L * between.length;
        return second == null ? all : all + patterns + bytes(second.operator());
    }

    private static long bytes(LinearOperator operator) {
        return operator instanceof FormattedMatrix m ? m.bytes() : 8L * ((CsrMatrix) operator).nnz();
    }
}
