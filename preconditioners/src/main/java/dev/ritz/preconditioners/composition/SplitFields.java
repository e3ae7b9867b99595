package dev.ritz.preconditioners.composition;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.composition.FieldSplit.Form;

/** What {@link FieldSplit} builds. */
final class SplitFields implements Preconditioner {
    /** A_10 and A_01ᵀ may differ by this share of the largest entry: what assembly leaves behind. */
    private static final double ASYMMETRY = 1e-12;

    private final FieldSplit factory;
    private final SparsityPattern pattern;
    private final WorkerPool pool;
    private final FieldBlocks blocks;
    private final CsrMatrix[][] coupling;
    private final Preconditioner[] m;
    private final double sign;
    private final Kind kind;
    private final double[][] r;
    private final double[][] z;
    private final double[][] t;
    private final Vectors[] vectors;

    /**
     * The parts put together.
     *
     * @param factory the options
     * @param pattern of A
     * @param blocks where its blocks are
     * @param block their values
     * @param m a preconditioner for each field, the last for sign · S in a Schur form
     * @param sign of S
     */
    SplitFields(
            FieldSplit factory,
            SparsityPattern pattern,
            FieldBlocks blocks,
            CsrMatrix[][] block,
            Preconditioner[] m,
            double sign) {
        int fields = m.length;
        this.factory = factory;
        this.pattern = pattern;
        this.pool = block[0][0].pool();
        this.blocks = blocks;
        this.m = m;
        this.sign = factory.form() == Form.SCHUR_DIAGONAL ? 1 : sign; // |S|
        this.coupling = new CsrMatrix[fields][fields];
        this.r = new double[fields][];
        this.z = new double[fields][];
        this.t = new double[fields][];
        this.vectors = new Vectors[fields];
        for (int f = 0; f < fields; f++) {
            int n = blocks.rows()[f].length;
            r[f] = new double[n];
            z[f] = new double[n];
            t[f] = new double[n];
            vectors[f] = new Vectors(n, pool);
            for (int g = 0; g < fields; g++) {
                coupling[f][g] = factory.form().couples(f, g) && block[f][g].nnz() > 0 ? block[f][g] : null;
            }
        }
        this.kind = kind(block);
    }

    private Kind kind(CsrMatrix[][] block) {
        Kind parts = Kind.SPD;
        for (Preconditioner part : m) {
            parts = part.kind().admits(parts) ? part.kind() : parts;
        }
        boolean congruent = switch (factory.form()) {
            case DIAGONAL, SCHUR_DIAGONAL -> true;
            case LOWER, UPPER -> m.length == 1;
            case SCHUR_LOWER, SCHUR_UPPER -> false;
            case SCHUR_FULL -> sign > 0 && mirrored(block[1][0], block[0][1]); // M = L diag(P, S) Lᵀ
        };
        return parts == Kind.SPD && !congruent ? Kind.FIXED : parts;
    }

    private static boolean mirrored(CsrMatrix lower, CsrMatrix upper) {
        double difference = largest(lower.plus(0.5, -0.5, upper.transpose()));
        return difference <= ASYMMETRY * largest(lower);
    }

    private static double largest(CsrMatrix a) {
        double largest = 0;
        for (double v : a.values()) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }

    /** Whether blocks and parts serve a rebuild. */
    boolean fits(FieldSplit other, CsrMatrix a) {
        return factory.fields().equals(other.fields())
                && factory.form() == other.form()
                && pool == a.pool()
                && pattern.sameAs(a.pattern());
    }

    FieldBlocks blocks() {
        return blocks;
    }

    Preconditioner part(int f) {
        return m[f];
    }

    @Override
    public int size() {
        return pattern.rows();
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void apply(double[] from, double[] to) {
        int fields = m.length;
        for (int f = 0; f < fields; f++) {
            gather(blocks.rows()[f], from, r[f]);
        }
        switch (factory.form()) {
            case DIAGONAL, LOWER, SCHUR_DIAGONAL, SCHUR_LOWER -> {
                for (int f = 0; f < fields; f++) {
                    solve(f, 0, f);
                }
            }
            case UPPER, SCHUR_UPPER -> {
                for (int f = fields - 1; f >= 0; f--) {
                    solve(f, f + 1, fields);
                }
            }
            case SCHUR_FULL -> {
                solve(0, 0, 0); // y_0 ← P⁻¹ r_0
                solve(1, 0, 1); // z_1 ← S⁻¹ (r_1 − A_10 y_0)
                solve(0, 1, 2); // z_0 ← P⁻¹ (r_0 − A_01 z_1)
            }
        }
        for (int f = 0; f < fields; f++) {
            scatter(blocks.rows()[f], z[f], to);
        }
    }

    /** z_f ← M_f⁻¹ (r_f − Σ A_fg z_g) over the fields g from … to − 1. */
    private void solve(int f, int from, int to) {
        double[] rhs = r[f];
        for (int g = from; g < to; g++) {
            if (coupling[f][g] != null) {
                double[] into = rhs == r[f] ? t[f] : r[f];
                coupling[f][g].residual(rhs, z[g], into);
                rhs = into;
            }
        }
        m[f].apply(rhs, z[f]);
        if (f == 1 && sign < 0) {
            vectors[f].scale(-1, z[f]);
        }
    }

    private static void gather(int[] rows, double[] from, double[] to) {
        for (int k = 0; k < rows.length; k++) {
            to[k] = from[rows[k]];
        }
    }

    private static void scatter(int[] rows, double[] from, double[] to) {
        for (int k = 0; k < rows.length; k++) {
            to[rows[k]] = from[k];
        }
    }

    @Override
    public String name() {
        StringBuilder inside = new StringBuilder();
        for (Preconditioner part : m) {
            inside.append(inside.length() == 0 ? "" : ", ").append(part.name());
        }
        return factory.label(inside.toString());
    }

    @Override
    public long bytes() {
        long bytes = 24L * size() + blocks.bytes();
        for (int f = 0; f < m.length; f++) {
            bytes += m[f].bytes();
            for (CsrMatrix block : coupling[f]) {
                bytes += block == null ? 0 : 12L * block.nnz() + 4L * block.rows();
            }
        }
        return bytes;
    }

    /** Products inside the parts, each with the matrix of its field, by the share of the unknowns. */
    @Override
    public long products() {
        double products = 0;
        for (int f = 0; f < m.length; f++) {
            products += (double) m[f].products() * z[f].length / Math.max(1, size());
        }
        return Math.round(products);
    }

    @Override
    public String note() {
        StringBuilder note = new StringBuilder();
        for (int f = 0; f < m.length; f++) {
            note.append(f == 0 ? "" : " + ").append(z[f].length);
        }
        note.append(" unknowns");
        for (Preconditioner part : m) {
            note.append(part.note().isEmpty() ? "" : "; " + part.note());
        }
        return note.toString();
    }
}
