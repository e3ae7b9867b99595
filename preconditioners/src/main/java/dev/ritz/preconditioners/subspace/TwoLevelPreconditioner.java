package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;

/** What {@link TwoLevel} builds. */
public final class TwoLevelPreconditioner implements Preconditioner {
    private final TwoLevel factory;
    private final TwoLevel.Form form;
    private final CsrMatrix a;
    private final boolean symmetric;
    private final Basis v;
    /** A V, null where products stand for it. */
    private final Basis av;

    private final CoarseMatrix coarse;
    private final Preconditioner smoother;
    private final Kind kind;
    private final String note;
    private final Vectors vectors;
    private final double[] t;
    private final double[] u;
    /** A V y, where A V is not kept. */
    private final double[] q;

    private final double[] y;
    private final double[] c;
    private long products;

    TwoLevelPreconditioner(
            TwoLevel factory,
            CsrMatrix a,
            boolean symmetric,
            Basis v,
            Basis av,
            CoarseMatrix coarse,
            Preconditioner smoother,
            Kind kind,
            String note) {
        this.factory = factory;
        this.form = factory.form();
        this.a = a;
        this.symmetric = symmetric;
        this.v = v;
        this.av = av;
        this.coarse = coarse;
        this.smoother = smoother;
        this.kind = kind;
        this.note = smoother.note().isEmpty() ? note : note + "; " + smoother.note();
        this.vectors = new Vectors(a.rows(), a.pool());
        this.t = new double[a.rows()];
        this.u = new double[a.rows()];
        this.q = av == null ? new double[a.rows()] : null;
        this.y = new double[v.count()];
        this.c = new double[v.count()];
    }

    @Override
    public int size() {
        return a.rows();
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /**
     * x ← Q b: the solution on the coarse space, to start from.
     *
     * @param b right-hand side, length n, unchanged
     * @param x output, length n, overwritten; not the same array as {@code b}
     */
    public void guess(double[] b, double[] x) {
        v.project(b, y);
        coarse.solve(y);
        combine(y, x);
    }

    @Override
    public void apply(double[] r, double[] z) {
        switch (form) {
            case ADDITIVE -> {
                smoother.apply(r, z);
                v.project(r, y);
                coarse.solve(y);
            }
            case A_DEF1 -> deflateFirst(r, z);
            case BNN -> {
                deflateFirst(r, z); // z ← S P r, y ← E⁻¹Vᵀr
                image(z, c);
                coarse.solve(c);
                subtractSmall(c, y); // Pᵀz = z − V E⁻¹Vᵀ A z
            }
            case A_DEF2 -> {
                smoother.apply(r, z);
                image(z, c);
                v.project(r, y);
                subtractSmall(c, y);
                coarse.solve(y); // E⁻¹Vᵀ(r − A S r)
            }
            case SCS -> {
                smoother.apply(r, z);
                products++;
                a.residual(r, z, t);
                v.project(t, y);
                coarse.solve(y);
                deflate(t);
                smoother.apply(t, u);
                vectors.axpy(1, u, z); // S and S again; V y is still to come
            }
        }
        v.add(y, z);
    }

    /** y ← E⁻¹Vᵀr, z ← S (r − A V y). */
    private void deflateFirst(double[] r, double[] z) {
        v.project(r, y);
        coarse.solve(y);
        vectors.copy(r, t);
        deflate(t);
        smoother.apply(t, z);
    }

    /** w ← w − A V y. */
    private void deflate(double[] w) {
        if (av != null) {
            av.subtract(y, w);
        } else {
            combine(y, u);
            products++;
            a.apply(u, q);
            vectors.axpy(-1, q, w);
        }
    }

    /** c ← Vᵀ A z, which is (A V)ᵀ z for symmetric A. */
    private void image(double[] z, double[] into) {
        if (av != null && symmetric) {
            av.project(z, into);
        } else {
            products++;
            a.apply(z, t);
            v.project(t, into);
        }
    }

    private void combine(double[] small, double[] w) {
        Arrays.fill(w, 0);
        v.add(small, w);
    }

    private void subtractSmall(double[] x, double[] from) {
        for (int j = 0; j < from.length; j++) {
            from[j] -= x[j];
        }
    }

    /** Whether a rebuild by this factory may take parts over. */
    boolean madeBy(TwoLevel other) {
        return factory.equals(other);
    }

    CsrMatrix matrix() {
        return a;
    }

    Basis basis() {
        return v;
    }

    Preconditioner smoother() {
        return smoother;
    }

    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public long products() {
        return products + smoother.products();
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public long bytes() {
        long products = av == null ? 8L * q.length : av.bytes();
        return v.bytes() + products + coarse.bytes() + 16L * (t.length + y.length) + smoother.bytes();
    }
}
