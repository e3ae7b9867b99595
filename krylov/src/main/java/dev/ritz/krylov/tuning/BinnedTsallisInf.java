package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * An independent {@link TsallisInf} in every cell of a grid over the contexts.
 *
 * <pre>
 * Sees    the context by its cell, the cost of the arm played
 * Chooses as the learner of the cell does
 * Learns  in that cell alone, in O(arms)
 * Regret  O(T^(3/4)) against the best arm of every context, for costs that are Lipschitz in the context
 * Memory  2 doubles an arm in each cell that was visited
 * Source  Khodak et al. 2024, arXiv:2310.02246 (Tsallis-INF-CB)
 * </pre>
 *
 * @param context the range of each number of a context
 * @param bins equal bins in each range, at least 1
 * @param learner the options of every learner
 */
public record BinnedTsallisInf(List<Interval> context, int bins, TsallisInf learner) implements Tuner {
    private static final int MAX_CELLS = 1 << 20;

    /**
     * The tuner with its options.
     *
     * @param context the range of each number of a context
     * @param bins equal bins in each range, at least 1
     * @param learner the options of every learner
     */
    public BinnedTsallisInf {
        context = Interval.checked(context);
        Objects.requireNonNull(learner, "learner");
        if (bins < 1 || !(Math.pow(bins, context.size()) <= MAX_CELLS)) {
            throw new IllegalArgumentException("bins = " + bins + " in " + context.size()
                    + " directions, expected at least 1 and at most " + MAX_CELLS + " cells");
        }
    }

    /**
     * For contexts of one number.
     *
     * @param lower its least value
     * @param upper its largest
     * @param bins equal bins between them
     */
    public BinnedTsallisInf(double lower, double upper, int bins) {
        this(List.of(new Interval(lower, upper)), bins, new TsallisInf());
    }

    @Override
    public int contextSize() {
        return context.size();
    }

    @Override
    public Tuner.Memory newMemory(int arms, long seed) {
        return new Memory(this, arms, seed);
    }

    /** The learners of the cells visited. */
    private static final class Memory extends ArmMemory {
        private final BinnedTsallisInf tuner;
        private final TsallisInf.Memory[] cells;

        private Memory(BinnedTsallisInf tuner, int arms, long seed) {
            super(tuner, arms, seed);
            this.tuner = tuner;
            this.cells = new TsallisInf.Memory[(int) Math.pow(tuner.bins, tuner.context.size())];
        }

        private TsallisInf.Memory newCell() {
            return new TsallisInf.Memory(tuner.learner, arms(), 0); // never draws: this memory does
        }

        private TsallisInf.Memory cell(double[] context) {
            int at = 0;
            for (int j = tuner.context.size() - 1; j >= 0; j--) {
                int bin = (int) (tuner.context.get(j).position(context[j]) * tuner.bins);
                at = at * tuner.bins + Math.min(bin, tuner.bins - 1);
            }
            if (cells[at] == null) {
                cells[at] = newCell();
            }
            return cells[at];
        }

        @Override
        double[] distribution(double[] context) {
            return cell(context).distribution(context);
        }

        @Override
        void update(double[] context, int arm, double cost) {
            cell(context).update(context, arm, cost);
        }

        @Override
        void writeState(DataOutputStream out) throws IOException {
            for (TsallisInf.Memory cell : cells) {
                out.writeBoolean(cell != null);
                if (cell != null) {
                    cell.writeState(out);
                }
            }
        }

        @Override
        Runnable readState(DataInputStream in) throws IOException {
            TsallisInf.Memory[] read = new TsallisInf.Memory[cells.length];
            for (int i = 0; i < read.length; i++) {
                if (in.readBoolean()) {
                    read[i] = newCell();
                    read[i].readState(in).run();
                }
            }
            return () -> System.arraycopy(read, 0, cells, 0, cells.length);
        }
    }
}
