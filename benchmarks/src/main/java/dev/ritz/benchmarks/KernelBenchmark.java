package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.preconditioners.Jacobi;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Bandwidth of the kernels every solver spends its time in, and the sizes from which a second thread pays.
 *
 * <p>Prints Markdown. Run it on an idle machine: {@code java -cp … dev.ritz.benchmarks.KernelBenchmark [threads]}.
 * Serial and parallel runs alternate, so that a disturbance hits both; every figure is a median.
 */
public final class KernelBenchmark {
    private static final int ROUNDS = 31;
    private static final long ROUND_NANOS = 4_000_000;

    /** Something to time; the sum it returns keeps the work alive. */
    @FunctionalInterface
    private interface Work {
        double run();
    }

    /** A kernel on n unknowns with the threads of a pool, and the bytes it moves. */
    private record Kernel(String name, Maker maker) {}

    /** Makes the work of a kernel. */
    @FunctionalInterface
    private interface Maker {
        Measured make(int n, WorkerPool pool);
    }

    private record Measured(Work work, double bytes) {}

    private static double sink;

    private KernelBenchmark() {}

    /**
     * Runs all measurements.
     *
     * @param args the number of threads to compare with one, 2 unless given; then a part of a kernel's name, to run
     *     only that
     */
    public static void main(String[] args) {
        int threads = args.length == 0 ? 2 : Integer.parseInt(args[0]);
        String wanted = args.length < 2 ? "" : args[1];
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %d processors, median of %d rounds of %d ms%n%n",
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                ROUNDS,
                ROUND_NANOS / 1_000_000);
        try (WorkerPool one = WorkerPool.of(1);
                WorkerPool many = WorkerPool.of(threads)) {
            System.out.println("| kernel | n | 1 thread, µs | GB/s | " + threads + " threads, µs | GB/s | gain |");
            System.out.println("|---|---:|---:|---:|---:|---:|---:|");
            for (Kernel kernel : chosen(vectorKernels(), wanted)) {
                for (int n : new int[] {4_096, 8_192, 16_384, 32_768, 49_152, 65_536, 262_144, 1_048_576, 8_388_608}) {
                    line(kernel, n, one, many);
                }
            }
            for (Kernel kernel : chosen(matrixKernels(), wanted)) {
                for (int side : new int[] {8, 10, 12, 16, 20, 24, 32, 48, 64, 100, 128}) {
                    line(kernel, side * side * side, one, many);
                }
            }
            for (Kernel kernel : chosen(rowKernels(), wanted)) {
                line(kernel, 20_000, one, many);
            }
        }
    }

    private static List<Kernel> chosen(Kernel[] kernels, String part) {
        return Arrays.stream(kernels).filter(k -> k.name().contains(part)).toList();
    }

    private static Kernel[] vectorKernels() {
        return new Kernel[] {
            new Kernel("triad w ← x + α y, written out", (n, pool) -> {
                double[] x = filled(n);
                double[] y = filled(n);
                double[] w = new double[n];
                WorkerPool.BlockKernel<double[]> block = (to, u, v, k) -> {
                    for (int i = k * Vectors.BLOCK, end = Math.min(n, i + Vectors.BLOCK); i < end; i++) {
                        to[i] = u[i] + 0.5 * v[i];
                    }
                };
                int blocks = (n + Vectors.BLOCK - 1) / Vectors.BLOCK;
                return new Measured(
                        () -> {
                            pool.run(blocks, block, w, x, y);
                            return w[0];
                        },
                        24.0 * n);
            }),
            new Kernel("dot", (n, pool) -> {
                Vectors v = new Vectors(n, pool);
                double[] x = filled(n);
                double[] y = filled(n);
                return new Measured(() -> v.dot(x, y), 16.0 * n);
            }),
            new Kernel("axpySquare", (n, pool) -> {
                Vectors v = new Vectors(n, pool);
                double[] x = filled(n);
                double[] y = filled(n);
                return new Measured(() -> v.axpySquare(1e-9, x, y), 24.0 * n);
            }),
            new Kernel("update", (n, pool) -> {
                Vectors v = new Vectors(n, pool);
                double[] x = filled(n);
                double[] z = filled(n);
                double[] p = filled(n);
                return new Measured(
                        () -> {
                            v.update(1e-9, x, z, 0.5, p);
                            return p[0];
                        },
                        40.0 * n);
            })
        };
    }

    private static Kernel[] matrixKernels() {
        return new Kernel[] {
            new Kernel("A x, 7-point", (n, pool) -> product(laplacian(n).on(pool))),
            new Kernel("A x and xᵀAx, 7-point", (n, pool) -> {
                CsrMatrix a = laplacian(n).on(pool);
                double[] x = filled(n);
                double[] y = new double[n];
                return new Measured(() -> a.applyDot(x, y), bytes(a));
            }),
            new Kernel("20 steps of Jacobi-PCG, 7-point", (n, pool) -> {
                CsrMatrix a = laplacian(n).on(pool);
                Cg cg = new Cg(StoppingCriteria.DEFAULT.withRtol(0).withMaxIterations(20));
                Cg.Workspace ws = cg.newWorkspace(n, pool);
                Preconditioner m = new Jacobi().build(a);
                double[] b = new SplittableRandom(0x9c6).doubles(n).toArray();
                double[] x = new double[n];
                return new Measured(
                        () -> {
                            Arrays.fill(x, 0);
                            cg.solve(a, m, b, x, ws, IterationListener.NONE);
                            return x[0];
                        },
                        20 * (bytes(a) + 88.0 * n));
            })
        };
    }

    private static Kernel[] rowKernels() {
        int[] lengths = {3, 7, 16, 27, 81};
        Kernel[] kernels = new Kernel[lengths.length];
        for (int k = 0; k < kernels.length; k++) {
            int length = lengths[k];
            kernels[k] = new Kernel(
                    "A x, band of " + length,
                    (n, pool) -> product(band(n, length).on(pool)));
        }
        return kernels;
    }

    private static Measured product(CsrMatrix a) {
        double[] x = filled(a.cols());
        double[] y = new double[a.rows()];
        return new Measured(
                () -> {
                    a.apply(x, y);
                    return y[0];
                },
                bytes(a));
    }

    /** Values and columns once, row starts once, x read and y written once. */
    private static double bytes(CsrMatrix a) {
        return 12.0 * a.nnz() + 20.0 * a.rows();
    }

    private static void line(Kernel kernel, int n, WorkerPool one, WorkerPool many) {
        Measured serial = kernel.maker().make(n, one);
        Measured parallel = kernel.maker().make(n, many);
        int repeats = calibrate(serial.work());
        calibrate(parallel.work());
        double[] s = new double[ROUNDS];
        double[] p = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            s[round] = time(serial.work(), repeats);
            p[round] = time(parallel.work(), repeats);
        }
        double ts = median(s);
        double tp = median(p);
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.1f | %.2f | %.1f | %.2f |%n",
                kernel.name(),
                n,
                ts * 1e6,
                serial.bytes() / ts * 1e-9,
                tp * 1e6,
                parallel.bytes() / tp * 1e-9,
                ts / tp);
    }

    /** Warms up and returns how many runs fill a round. */
    private static int calibrate(Work work) {
        long begin = System.nanoTime();
        int runs = 0;
        while (runs < 3 || System.nanoTime() - begin < 40 * ROUND_NANOS) {
            sink += work.run();
            runs++;
        }
        double perRun = (double) (System.nanoTime() - begin) / runs;
        return (int) Math.max(1, ROUND_NANOS / perRun);
    }

    /** Seconds per run. */
    private static double time(Work work, int repeats) {
        long begin = System.nanoTime();
        for (int k = 0; k < repeats; k++) {
            sink += work.run();
        }
        return (System.nanoTime() - begin) * 1e-9 / repeats;
    }

    private static double median(double[] samples) {
        Arrays.sort(samples);
        return samples[samples.length / 2];
    }

    private static double[] filled(int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = 1 + (i % 7) * 0.125;
        }
        return v;
    }

    /** The 7-point Laplacian of a cube of n cells. */
    private static CsrMatrix laplacian(int n) {
        int side = (int) Math.round(Math.cbrt(n));
        int layer = side * side;
        int[] rowPtr = new int[n + 1];
        int[] colIdx = new int[7 * n];
        double[] values = new double[7 * n];
        int at = 0;
        for (int i = 0; i < n; i++) {
            int u = i % side;
            int v = i / side % side;
            int w = i / layer;
            int[] columns = {i - layer, i - side, i - 1, i, i + 1, i + side, i + layer};
            boolean[] inside = {w > 0, v > 0, u > 0, true, u < side - 1, v < side - 1, w < side - 1};
            for (int k = 0; k < 7; k++) {
                if (inside[k]) {
                    colIdx[at] = columns[k];
                    values[at++] = columns[k] == i ? 6 : -1;
                }
            }
            rowPtr[i + 1] = at;
        }
        return CsrMatrix.of(SparsityPattern.of(n, n, rowPtr, colIdx), values);
    }

    /** Rows of equal length. */
    private static CsrMatrix band(int n, int length) {
        int[] rowPtr = new int[n + 1];
        int[] colIdx = new int[length * n];
        double[] values = new double[length * n];
        for (int i = 0; i < n; i++) {
            int first = Math.max(0, Math.min(n - length, i - length / 2));
            for (int k = 0; k < length; k++) {
                colIdx[i * length + k] = first + k;
                values[i * length + k] = 1.0 / (1 + k);
            }
            rowPtr[i + 1] = (i + 1) * length;
        }
        return CsrMatrix.of(SparsityPattern.of(n, n, rowPtr, colIdx), values);
    }
}
