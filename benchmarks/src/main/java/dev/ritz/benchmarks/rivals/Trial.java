package dev.ritz.benchmarks.rivals;

import dev.ritz.testdata.LinearSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One contender on one system in a process of its own, so that neither compiled code nor memory of another weighs on
 * it: the first run is cold, the later half of all runs is warm. Prints one line of JSON.
 */
final class Trial {
    private static final int MOST_RUNS = 20_000;

    private Trial() {}

    /**
     * When a trial ends.
     *
     * @param budget seconds of runs after which no other begins; there are two at least
     * @param limit seconds for one run of set-up and solve, after which it counts as not finished
     */
    record Limits(double budget, double limit) {

        /** Whether another run is due. */
        boolean another(int runs, double spent, double longest) {
            if (runs < 2) {
                return !(runs == 1 && longest > limit / 2);
            }
            return runs < MOST_RUNS && spent < budget;
        }
    }

    /**
     * Runs one trial.
     *
     * @param args problem, contender, method, preconditioner, budget, limit, and the folder of matrices or nothing
     */
    public static void main(String[] args) {
        Path matrices = args.length > 6 ? Path.of(args[6]) : null;
        List<TestProblem> problems = new ArrayList<>(TestProblem.generated());
        problems.addAll(TestProblem.fromFiles(matrices));
        TestProblem problem = problems.stream()
                .filter(p -> p.name().equals(args[0]))
                .findFirst()
                .orElseThrow();
        Rival rival = Rival.all().stream()
                .filter(r -> r.name().equals(args[1]))
                .findFirst()
                .orElseThrow();
        Rival.Pairing pairing = new Rival.Pairing(args[2], args[3]);
        Limits limits = new Limits(Double.parseDouble(args[4]), Double.parseDouble(args[5]));
        System.out.println(guarded(problem, rival, pairing, limits).toJson());
        System.out.flush();
        Runtime.getRuntime().halt(0); // a library may have left threads behind
    }

    /** A measurement also when the library throws, runs out of memory or does not come back. */
    private static Measurement guarded(TestProblem problem, Rival rival, Rival.Pairing pairing, Limits limits) {
        try {
            return run(problem.name(), problem.generator().get(), rival, pairing, limits, () -> {
                String note = "did not finish in " + Math.round(limits.limit()) + " s";
                System.out.println(Measurement.without(
                                problem.name(), rival.name(), rival.version(), pairing, Measurement.NOT_FINISHED, note)
                        .toJson());
                System.out.flush();
                Runtime.getRuntime().halt(0); // the run cannot be interrupted
            });
        } catch (OutOfMemoryError e) {
            return Measurement.without(
                    problem.name(), rival.name(), rival.version(), pairing, Measurement.FAILED, "out of memory");
        } catch (RuntimeException e) {
            return Measurement.without(
                    problem.name(),
                    rival.name(),
                    rival.version(),
                    pairing,
                    Measurement.FAILED,
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /**
     * Solves until the limits say enough.
     *
     * @param name the problem's
     * @param system the system
     * @param rival the library
     * @param pairing what of it
     * @param limits when to stop
     * @param overdue called on another thread when a run exceeds its limit
     * @return the figures
     */
    static Measurement run(
            String name, LinearSystem system, Rival rival, Rival.Pairing pairing, Limits limits, Runnable overdue) {
        Rival.Contest contest = rival.prepare(system, pairing);
        Tolerance tolerance = new Tolerance();
        List<Double> setups = new ArrayList<>();
        List<Double> solves = new ArrayList<>();
        double[] r = new double[system.size()];
        double norm = Math.sqrt(square(system.b()));
        double cold = Double.NaN;
        double spent = 0;
        double longest = 0;
        double residual = Double.NaN;
        int iterations = -1;
        try (Watch watch = new Watch(limits.limit(), overdue)) {
            while (limits.another(setups.size(), spent, longest)) {
                watch.begin();
                long t0 = System.nanoTime();
                contest.setUp();
                long t1 = System.nanoTime();
                iterations = contest.solve(tolerance.rtol());
                long t2 = System.nanoTime();
                watch.end();
                double seconds = (t2 - t0) * 1e-9;
                spent += seconds;
                longest = Math.max(longest, seconds);
                cold = Double.isNaN(cold) ? seconds : cold;
                residual = Math.sqrt(system.a().residual(system.b(), contest.solution(), r)) / norm; // ‖b − A x‖ / ‖b‖
                if (tolerance.holds(residual)) {
                    setups.add((t1 - t0) * 1e-9);
                    solves.add((t2 - t1) * 1e-9);
                } else if (tolerance.exhausted()) {
                    throw new Rival.FailedException("the true residual stays at " + residual);
                }
            }
        } catch (Rival.FailedException e) {
            return Measurement.without(
                    name, rival.name(), rival.version(), pairing, Measurement.FAILED, e.getMessage());
        }
        return new Measurement(
                name,
                rival.name(),
                rival.version(),
                1,
                pairing.method(),
                pairing.preconditioner(),
                Measurement.SOLVED,
                "",
                Statistics.median(Statistics.warm(setups)),
                Statistics.median(Statistics.warm(solves)),
                cold,
                iterations,
                residual,
                tolerance.rtol(),
                setups.size(),
                peakBytes());
    }

    private static double square(double[] v) {
        double sum = 0;
        for (double value : v) {
            sum += value * value;
        }
        return sum;
    }

    /** The most resident memory of this process where the system tells it, else 0. */
    private static long peakBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // then nothing is said about memory
        }
        return 0;
    }

    /**
     * Calls when a run takes too long: libraries cannot be asked to stop. One thread for all runs, which looks now and
     * then, so that a run of microseconds does not share its core with a thread's birth.
     */
    private static final class Watch implements AutoCloseable {
        private static final long NOBODY = Long.MAX_VALUE;

        private final long limitNanos;
        private final Runnable overdue;
        private final Thread thread = new Thread(this::look, "time limit");
        private volatile long begun = NOBODY;

        Watch(double limit, Runnable overdue) {
            this.limitNanos = Math.round(limit * 1e9);
            this.overdue = overdue;
            thread.setDaemon(true);
            thread.start();
        }

        void begin() {
            begun = System.nanoTime();
        }

        void end() {
            begun = NOBODY;
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        private void look() {
            long pauseMillis = Math.max(1, Math.min(100, limitNanos / 4_000_000));
            try {
                while (true) {
                    Thread.sleep(pauseMillis);
                    long since = begun;
                    if (since != NOBODY && System.nanoTime() - since > limitNanos) {
                        overdue.run();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closed
            }
        }
    }
}
