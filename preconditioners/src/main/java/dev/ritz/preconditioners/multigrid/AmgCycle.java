package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Locale;

/** One cycle through a hierarchy from a zero iterate. */
final class AmgCycle implements Preconditioner {
    /** The coarse matrices Pᵀ A P, in applications; and the dense inverse, in bytes for m = 1: both as measured. */
    private static final double TRIPLE = 6;

    private static final double INVERSE = 20;

    private final String name;
    private final Amg options;
    private final Kind kind;
    private final SparsityPattern pattern;
    private final WorkerPool pool;
    private final Level[] levels;
    private final DenseInverse coarsest;
    /** Of each level but the finest under {@link Cycle#W}: what the first correction leaves, and the second. */
    private final double[][] left;

    private final double[][] again;

    /**
     * Adds the vectors of the levels.
     *
     * @param coarsest the inverse on the last level, or null where that one only smooths
     */
    AmgCycle(
            String name,
            Amg options,
            Kind kind,
            SparsityPattern pattern,
            WorkerPool pool,
            Level[] levels,
            DenseInverse coarsest) {
        this.name = name;
        this.options = options;
        this.kind = kind;
        this.pattern = pattern;
        this.pool = pool;
        this.levels = levels;
        this.coarsest = coarsest;
        this.left = new double[levels.length][];
        this.again = new double[levels.length][];
        for (int l = 1; l < levels.length; l++) {
            levels[l].r = new double[levels[l].n];
            levels[l].z = new double[levels[l].n];
            boolean twice = options.cycle() == Cycle.W && l < levels.length - 1;
            left[l] = new double[twice ? levels[l].n : 0];
            again[l] = new double[twice ? levels[l].n : 0];
        }
    }

    /** Whether this hierarchy's transfer operators serve for another matrix. */
    boolean fits(Amg factory, SparsityPattern other, WorkerPool workers) {
        return options.equals(factory) && pool == workers && pattern.sameAs(other);
    }

    Level[] levels() {
        return levels;
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
    public void apply(double[] r, double[] z) {
        int n = size();
        if (r.length < n || z.length < n) {
            throw new IllegalArgumentException(
                    "r and z have lengths " + r.length + " and " + z.length + ", expected at least " + n);
        }
        if (r == z && n > 0) {
            throw new IllegalArgumentException("r and z are the same array, expected distinct ones");
        }
        Level finest = levels[0];
        cycle(0, r, z);
        finest.r = null;
        finest.z = null;
    }

    private void cycle(int l, double[] r, double[] z) {
        Level level = levels[l];
        if (l == levels.length - 1) {
            if (coarsest != null) {
                coarsest.apply(r, z);
                return;
            }
            level.smoother.down(r, z, level.t);
            double[] start = level.smoother.start(z, level.t);
            if (start != z) {
                System.arraycopy(z, 0, start, 0, level.n);
            }
            level.smoother.up(r, z, level.t);
            return;
        }
        Level coarse = levels[l + 1];
        level.r = r;
        level.z = z;
        level.smoother.down(r, z, level.t);
        level.restrict(coarse);
        double[] rc = coarse.r;
        double[] zc = coarse.z;
        cycle(l + 1, rc, zc);
        if (options.cycle() == Cycle.W && l + 1 < levels.length - 1) {
            coarse.r = rc;
            coarse.z = zc;
            coarse.residual(left[l + 1]);
            cycle(l + 1, left[l + 1], again[l + 1]);
            for (int i = 0; i < coarse.n; i++) {
                zc[i] += again[l + 1][i];
            }
            coarse.r = rc;
            coarse.z = zc;
        }
        level.prolong(zc, level.smoother.start(z, level.t));
        level.smoother.up(r, z, level.t);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        long bytes = coarsest == null ? 0 : coarsest.bytes();
        for (int l = 0; l < levels.length; l++) {
            bytes += levels[l].bytes();
            if (l > 0) {
                bytes += 8L * (2L * levels[l].n + left[l].length + again[l].length);
            }
        }
        return bytes;
    }

    @Override
    public double traffic() {
        double passes = 2.0 * options.steps() + 2; // down, up, the residual, and both transfers
        double visits = 1;
        double bytes = 0;
        for (int l = 0; l < levels.length; l++) {
            boolean last = l == levels.length - 1;
            bytes += visits * (last && coarsest != null ? coarsest.bytes() : passes * levels[l].sweep());
            visits *= options.cycle() == Cycle.W && l + 1 < levels.length - 1 ? 2 : 1;
        }
        return bytes;
    }

    @Override
    public double setupTraffic() {
        double m = coarsest == null ? 0 : levels[levels.length - 1].n;
        return TRIPLE * traffic() + INVERSE * m * m * m;
    }

    @Override
    public String note() {
        StringBuilder sizes = new StringBuilder();
        double entries = 0;
        for (Level level : levels) {
            sizes.append(sizes.isEmpty() ? "" : ", ").append(level.n);
            entries += level.nnz;
        }
        return String.format(
                Locale.ROOT,
                "%d %s of %s unknowns, operator complexity %.2f",
                levels.length,
                levels.length == 1 ? "level" : "levels",
                sizes,
                levels[0].nnz == 0 ? 1 : entries / levels[0].nnz);
    }
}
