package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.kernel.Recurrences;
import dev.ritz.api.kernel.Vectors;

/**
 * What every polynomial works with: A in its fastest format, the first-level M, and vector kernels. Products and inner
 * products are taken apart: the bits of a fused one depend on the format, and a rebuild may keep an older one.
 */
final class FirstLevel {
    private static final Class<?> IDENTITY = Preconditioner.identity(0).getClass();

    final int n;
    final Vectors vectors;
    final Recurrences recurrences;
    final boolean symmetric;
    private final CsrMatrix matrix;
    private final FormatChoice choice;
    private final Preconditioner inner;
    private final boolean plain;
    private long products;

    private FirstLevel(CsrMatrix matrix, FormatChoice choice, Preconditioner inner) {
        this.n = matrix.rows();
        this.matrix = matrix;
        this.choice = choice;
        this.inner = inner;
        this.plain = inner.getClass() == IDENTITY;
        this.vectors = new Vectors(n, matrix.pool());
        this.recurrences = new Recurrences(vectors);
        this.symmetric = Checks.symmetric(matrix);
    }

    /**
     * Sets up, out of an old polynomial's parts where these fit.
     *
     * @param factory of M
     * @param old what an earlier build of an equal factory returned, null for none
     * @param a the matrix, checked here
     */
    static FirstLevel of(PreconditionerFactory factory, Preconditioner old, CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        FirstLevel was = old instanceof PolynomialPreconditioner p ? p.level : null;
        boolean samePattern = was != null && was.matrix.pattern().sameAs(a.pattern()) && was.matrix.pool() == a.pool();
        FormatChoice format = samePattern ? was.choice.withValues(a) : FormatChoice.choose(a);
        Preconditioner inner = was == null ? factory.build(a) : factory.rebuild(was.inner, a);
        return new FirstLevel(a, format, inner);
    }

    /**
     * Sets up beside a preconditioner that is there already.
     *
     * @param a the matrix, checked here
     * @param m M
     */
    static FirstLevel of(CsrMatrix a, Preconditioner m) {
        PreconditionerFactory.requireSquareAndFinite(a);
        return new FirstLevel(a, FormatChoice.choose(a), m);
    }

    /** y ← A x. */
    void product(double[] x, double[] y) {
        products++;
        choice.operator().apply(x, y);
    }

    /** {@return whether M = I} */
    boolean plain() {
        return plain;
    }

    /** {@return a vector for M⁻¹r, null where r itself will do} */
    double[] newPreconditioned() {
        return plain ? null : new double[n];
    }

    /** {@return M⁻¹r in {@code into}, or r itself when M = I} */
    double[] precondition(double[] r, double[] into) {
        if (plain) {
            return r;
        }
        inner.apply(r, into);
        return into;
    }

    /** {@return the kind of p(M⁻¹A) M⁻¹} */
    Preconditioner.Kind kind(boolean positive) {
        if (inner.kind() == Preconditioner.Kind.VARIABLE) {
            return Preconditioner.Kind.VARIABLE;
        }
        return selfAdjoint() && positive ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED;
    }

    /** {@return whether A is symmetric and M symmetric positive definite} */
    boolean selfAdjoint() {
        return symmetric && inner.kind() == Preconditioner.Kind.SPD;
    }

    /** {@return products so far, those inside M too} */
    long products() {
        return products + inner.products();
    }

    CsrMatrix matrix() {
        return matrix;
    }

    String innerName() {
        return inner.name();
    }

    String innerNote() {
        return inner.note();
    }

    /** {@return the bytes of M and of the format beyond the caller's matrix} */
    long bytes() {
        long format = choice.operator() instanceof FormattedMatrix f ? f.bytes() : 0;
        return format + inner.bytes();
    }
}
