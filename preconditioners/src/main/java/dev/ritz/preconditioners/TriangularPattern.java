package dev.ritz.preconditioners;

import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.SweepSchedule;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * The symbolic part of a factorisation: both strict triangles by rows, and how their sweeps are shared among threads.
 * Where it depends on the pattern of A alone, a rebuild keeps it.
 *
 * <p>Each triangle keeps the entries beside the diagonal, (i, i − 1) or (i, i + 1), apart from the others, and of these
 * the first {@code width} in slots, the same number for every row; see {@link UnitTriangle}.
 */
final class TriangularPattern {
    /** The level of a pattern that was chosen by values and so fits no other matrix. */
    static final int BY_VALUES = -1;

    /** The pattern of A. */
    final SparsityPattern origin;
    /** How much fill was added to it, 0 for none. */
    final int level;
    /** The pattern of L + U. */
    final SparsityPattern pattern;
    /** Positions of the diagonal in it, all stored. */
    final int[] diagonal;

    final WorkerPool pool;
    final Triangle lower;
    final Triangle upper;

    /** The pattern of A itself. */
    TriangularPattern(SparsityPattern pattern, int[] diagonal, WorkerPool pool) {
        this(pattern, 0, pattern, diagonal, pool);
    }

    /** A pattern made from that of A. */
    TriangularPattern(SparsityPattern origin, int level, SparsityPattern pattern, int[] diagonal, WorkerPool pool) {
        this.origin = origin;
        this.level = level;
        this.pattern = pattern;
        this.diagonal = diagonal;
        this.pool = pool;
        if (Checks.large(pattern.nnz())) {
            Triangle[] both = new Triangle[2];
            pool.run(2, (p, x, y, k) -> both[k] = new Triangle(p, k == 0), this, null, null);
            this.lower = both[0];
            this.upper = both[1];
        } else {
            this.lower = new Triangle(this, true);
            this.upper = new Triangle(this, false);
        }
    }

    int size() {
        return diagonal.length;
    }

    long bytes() {
        long own = pattern == origin ? 0 : 4L * (pattern.nnz() + (long) pattern.rows() + 1);
        return own + 4L * diagonal.length + lower.bytes() + upper.bytes();
    }

    /** {@return the bytes of the indices that two sweeps read: the same for any number of threads} */
    long indexBytes() {
        return lower.indexBytes() + upper.indexBytes();
    }

    /** One strict triangle without the entries beside the diagonal. */
    static final class Triangle {
        /** What it costs to be surprised by the length of a row, in entries. */
        private static final double SURPRISE = 15;
        /** What an entry beyond the slots costs. */
        private static final double REST = 1.25;

        private static final int WIDEST = 32;
        /** So many rows of unusual lengths the processor remembers from sweep to sweep, and needs no slots. */
        private static final int REMEMBERED = 10_000;

        final boolean isLower;
        /** Slots per row. */
        final int width;
        /**
         * The columns of the slots of row i from i · width on. A slot without an entry, whose value is zero, repeats a
         * column of its row, so that what stands there is computed; of a row without any, the row itself (upper; it
         * holds the right-hand side) or row 0 (lower).
         */
        final int[] slots;
        /** rest[i] … rest[i + 1] − 1: the entries of row i that found no slot. */
        final int[] rest;

        final int[] restIdx;
        final SweepSchedule schedule;

        private Triangle(TriangularPattern of, boolean isLower) {
            this.isLower = isLower;
            int n = of.size();
            int[] colIdx = of.pattern.colIdx();
            int[] lengths = new int[WIDEST + 1];
            this.rest = new int[n + 1];
            for (int i = 0; i < n; i++) {
                int far = end(of, i) - begin(of, i);
                rest[i + 1] = far;
                lengths[Math.min(WIDEST, far)]++;
            }
            this.width = width(lengths, n);
            for (int i = 0; i < n; i++) {
                rest[i + 1] = rest[i] + Math.max(0, rest[i + 1] - width);
            }
            this.slots = new int[Math.multiplyExact(n, width)];
            this.restIdx = new int[rest[n]];
            for (int i = 0; i < n; i++) {
                int begin = begin(of, i);
                int end = end(of, i);
                int slotted = begin + Math.min(end - begin, width);
                int at = i * width;
                for (int k = begin; k < slotted; k++) {
                    slots[at++] = colIdx[k];
                }
                for (int k = slotted, r = rest[i]; k < end; k++) {
                    restIdx[r++] = colIdx[k];
                }
                if (at < (i + 1) * width) {
                    int idle =
                            begin < end ? colIdx[begin] : beside(of, i) ? (isLower ? i - 1 : i + 1) : isLower ? 0 : i;
                    Arrays.fill(slots, at, (i + 1) * width, idle);
                }
            }
            // a thread that spins for another keeps it from a processor that both need
            int threads = Math.min(of.pool.threads(), Runtime.getRuntime().availableProcessors());
            this.schedule = SweepSchedule.of(of.pattern, of.diagonal, isLower, threads);
        }

        /** Where in A the entries of row i begin, that beside the diagonal apart. */
        int begin(TriangularPattern of, int i) {
            return isLower ? of.pattern.rowPtr()[i] : of.diagonal[i] + (beside(of, i) ? 2 : 1);
        }

        /** Where in A the entries of row i end, that beside the diagonal apart. */
        int end(TriangularPattern of, int i) {
            return isLower
                    ? of.diagonal[i] - (beside(of, i) ? 1 : 0)
                    : of.pattern.rowPtr()[i + 1];
        }

        /** Whether the entry beside the diagonal is there. */
        boolean beside(TriangularPattern of, int i) {
            int[] rowPtr = of.pattern.rowPtr();
            int[] colIdx = of.pattern.colIdx();
            int d = of.diagonal[i];
            return isLower ? d > rowPtr[i] && colIdx[d - 1] == i - 1 : d + 1 < rowPtr[i + 1] && colIdx[d + 1] == i + 1;
        }

        /**
         * The cheapest number of slots: idle ones cost time, and so does a row whose rest is not as long as usual, unless
         * these are few.
         */
        private static int width(int[] lengths, int n) {
            int most = 0;
            for (int rows : lengths) {
                most = Math.max(most, rows);
            }
            if (n - most <= REMEMBERED) {
                return 0;
            }
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            long within = 0;
            for (int w = 0; w < WIDEST && (long) w * n < Integer.MAX_VALUE; w++) {
                within += lengths[w];
                long usual = within;
                double beyond = 0;
                for (int len = w + 1; len <= WIDEST; len++) {
                    usual = Math.max(usual, lengths[len]);
                    beyond += (double) lengths[len] * (len - w);
                }
                double cost = (double) w * n + REST * beyond + SURPRISE * (n - usual);
                if (cost < least) {
                    least = cost;
                    best = w;
                }
            }
            return best;
        }

        private long bytes() {
            return indexBytes() + schedule.bytes();
        }

        private long indexBytes() {
            return 4L * (slots.length + rest.length + restIdx.length);
        }
    }
}
