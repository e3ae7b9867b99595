package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SparsityPattern;

/**
 * A preconditioner of B = P D_r A D_c Q seen from A: z ← D_c Q M⁻¹ P D_r r, where M approximates B.
 *
 * <p>Row k of B is row {@code rowOf[k]} of A times {@code rowScale} there, column k is column {@code colOf[k]} times
 * {@code colScale} there; null stands for the identity.
 */
final class Transformed implements Preconditioner {
    private final Preconditioner inner;
    private final Kind kind;
    private final String name;
    private final String done;
    private final SparsityPattern origin;
    private final int n;
    private final int[] rowOf;
    private final int[] colOf;
    private final double[] rowScale;
    private final double[] colScale;
    private final double[] t;
    private final double[] s;

    private Transformed(Preconditioner inner, Kind kind, String name, String done, SparsityPattern origin, Map map) {
        this.origin = origin;
        this.inner = inner;
        this.kind = kind;
        this.name = name;
        this.done = done;
        this.n = inner.size();
        this.rowOf = map.rowOf;
        this.colOf = map.colOf;
        this.rowScale = map.rowScale;
        this.colScale = map.colScale;
        this.t = new double[n];
        this.s = new double[n];
    }

    /** How B arises from A. */
    record Map(int[] rowOf, int[] colOf, double[] rowScale, double[] colScale) {
        CsrMatrix of(CsrMatrix a) {
            CsrMatrix scaled = rowScale == null ? a : a.scale(rowScale, colScale);
            return rowOf == null ? scaled : scaled.submatrix(rowOf, colOf);
        }
    }

    /**
     * Builds the inner preconditioner on B, out of an old one where that is at hand.
     *
     * @param factory of the inner preconditioner
     * @param old what an earlier build returned, null for none
     * @param a the caller's matrix
     * @param map from A to B
     * @param symmetric whether B is congruent to A, so that the inner kind holds for A too
     * @param label the short name without the inner one
     * @param done what was decided, for the note
     */
    static Preconditioner build(
            PreconditionerFactory factory,
            Preconditioner old,
            CsrMatrix a,
            Map map,
            boolean symmetric,
            String label,
            String done) {
        CsrMatrix b = map.of(a);
        Preconditioner inner;
        try {
            inner = old instanceof Transformed o ? factory.rebuild(o.inner, b) : factory.build(b);
        } catch (BuildException e) {
            throw asSeenFromA(e, map, label, done);
        }
        Kind kind = symmetric || inner.kind() != Kind.SPD ? inner.kind() : Kind.FIXED;
        return new Transformed(inner, kind, label + "(" + inner.name() + ")", done, a.pattern(), map);
    }

    /** The order that {@code howDone} gave the same pattern, null where this is another. */
    int[] orderOf(SparsityPattern pattern, String howDone) {
        return done.equals(howDone) && origin.sameAs(pattern) ? rowOf : null;
    }

    /** Row numbers of A; advice to do what is done already gives way to other advice. */
    private static BuildException asSeenFromA(BuildException e, Map map, String label, String done) {
        int row = e.row() < 0 || map.rowOf == null ? e.row() : map.rowOf[e.row()];
        String where = row < 0 ? "" : "row " + row + ", which is row " + e.row() + " of the transformed matrix: ";
        String advice = e.advice().contains(label) ? "try another preconditioner inside, such as Ilutp" : e.advice();
        BuildException seen = new BuildException(e.reason(), row, where + e.found() + " (" + done + ")", advice);
        seen.initCause(e);
        return seen;
    }

    @Override
    public int size() {
        return n;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void apply(double[] r, double[] z) {
        gather(r); // t ← P D_r r
        inner.apply(t, s); // s ← M⁻¹ t
        scatter(z); // z ← D_c Q s
    }

    private void gather(double[] r) {
        double[] to = t;
        int[] from = rowOf;
        double[] d = rowScale;
        for (int k = 0; k < n; k++) {
            int i = from == null ? k : from[k];
            to[k] = d == null ? r[i] : d[i] * r[i];
        }
    }

    private void scatter(double[] z) {
        double[] from = s;
        int[] to = colOf;
        double[] d = colScale;
        for (int k = 0; k < n; k++) {
            int j = to == null ? k : to[k];
            z[j] = d == null ? from[k] : d[j] * from[k];
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        long own = 16L * n; // t and s
        own += rowOf == null ? 0 : 4L * n * (rowOf == colOf ? 1 : 2);
        own += rowScale == null ? 0 : 8L * n * (rowScale == colScale ? 1 : 2);
        return own + inner.bytes();
    }

    @Override
    public long products() {
        return inner.products();
    }

    @Override
    public double traffic() {
        return bytes() - inner.bytes() + inner.traffic() + 16.0 * n;
    }

    @Override
    public double setupTraffic() {
        return SETUP * 16.0 * n + inner.setupTraffic();
    }

    @Override
    public String note() {
        return inner.note().isEmpty() ? done : done + "; " + inner.note();
    }
}
