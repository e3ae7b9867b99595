package dev.ritz.benchmarks;

import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.time.LocalDate;
import java.util.Arrays;

/** What the timing programs share: warm medians of contenders that take turns, and the bandwidth to compare with. */
public final class Stopwatch {
    private static final long WARM_NANOS = 200_000_000;

    /** Something to time; the number it returns keeps the work alive. */
    @FunctionalInterface
    interface Work {
        double run();
    }

    private static double sink;

    private Stopwatch() {}

    /**
     * Times contenders in turn, so that a disturbance hits all of them.
     *
     * @param rounds how many samples each
     * @param roundNanos how long a sample lasts at least
     * @param works the contenders
     * @return seconds per run of each, the median of all samples
     */
    static double[] medians(int rounds, long roundNanos, Work... works) {
        return ranked(rounds / 2, rounds, roundNanos, works);
    }

    /**
     * As {@link #medians}, but the least sample of each: what a long run takes when nothing else uses the memory.
     *
     * @param rounds how many samples each
     * @param works the contenders, run once per sample
     * @return seconds per run of each
     */
    static double[] least(int rounds, Work... works) {
        return ranked(0, rounds, 1, works);
    }

    private static double[] ranked(int rank, int rounds, long roundNanos, Work... works) {
        int[] repeats = new int[works.length];
        for (int k = 0; k < works.length; k++) {
            warm(works[k]);
        }
        for (int k = 0; k < works.length; k++) { // when all are compiled, and with them what they share
            repeats[k] = (int) Math.max(1, roundNanos / warm(works[k]));
        }
        double[][] samples = new double[works.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int k = 0; k < works.length; k++) {
                long begin = System.nanoTime();
                for (int i = 0; i < repeats[k]; i++) {
                    sink += works[k].run();
                }
                samples[k][round] = (System.nanoTime() - begin) * 1e-9 / repeats[k];
            }
        }
        double[] chosen = new double[works.length];
        for (int k = 0; k < works.length; k++) {
            Arrays.sort(samples[k]);
            chosen[k] = samples[k][rank];
        }
        return chosen;
    }

    /** Runs for a while and returns nanoseconds per run. */
    private static double warm(Work work) {
        long begin = System.nanoTime();
        int runs = 0;
        while (runs < 2 || System.nanoTime() - begin < WARM_NANOS) {
            sink += work.run();
            runs++;
        }
        return (double) (System.nanoTime() - begin) / runs;
    }

    /** {@return bytes per second of w ← x + α y on 8,388,608 entries, 24 bytes each, with the threads of a pool} */
    static double triad(WorkerPool pool) {
        int n = 1 << 23;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] w = new double[n];
        Arrays.fill(x, 1);
        Arrays.fill(y, 2);
        WorkerPool.BlockKernel<double[]> block = (to, u, v, k) -> {
            for (int i = k * Vectors.BLOCK, end = Math.min(to.length, i + Vectors.BLOCK); i < end; i++) {
                to[i] = u[i] + 0.5 * v[i];
            }
        };
        Work work = () -> {
            pool.run(n / Vectors.BLOCK, block, w, x, y);
            return w[0];
        };
        return 24.0 * n / least(25, work)[0];
    }

    /** {@return JDK, processors and date, for the head of a table} */
    public static String machine() {
        return "Java " + System.getProperty("java.vm.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.arch") + ", "
                + LocalDate.now();
    }
}
