package dev.ritz.krylov.sequence;

import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.tuning.Cost;
import java.util.Arrays;

/** The solve of one system, in one attempt or more, with everything that was decided and what it cost. */
final class SystemSolve {
    /** ‖b − A 0‖ and ‖b‖ are summed in different ways. */
    private static final double ROUNDING = 1e-12;

    /** The square of what is beyond is no double. */
    private static final double HUGE = 1e150;

    private final double product; // bytes that a product moves
    private final double[] b;
    private final double[] x;
    private final IterationListener listener;

    private String chosen = "";
    private String configuration = "";
    private Preparation preparation = Preparation.GIVEN;
    private SolveResult result;
    private int attempts;
    private int iterations;
    private int operatorApplications;
    private int preconditionerApplications;
    private int guessApplications;
    private int refreshApplications;
    private int recycled;
    private double traffic; // bytes of the attempts
    private double setupTraffic;
    private double guessResidual = 1;
    private double guessSeconds;
    private double setupSeconds;
    private double solveSeconds;
    private String note = "";

    // of the attempt at hand
    private Workspace at;
    private long movedBefore;
    private double application; // bytes that one of M⁻¹ moves

    private double limitTraffic;
    private long limitNanos;
    private long limitIterations;
    private boolean overrun;
    private long patience = Long.MAX_VALUE; // iterations with a stale preconditioner
    private boolean worn;
    private Cost meter; // null: not asked for
    private double metered;
    private double charge = Double.NaN;

    /**
     * The solve of a system.
     *
     * @param matrixBytes what a product reads of the matrix, 0 where unknown
     */
    SystemSolve(long matrixBytes, double[] b, double[] x, IterationListener listener) {
        this.product = matrixBytes + 16.0 * b.length;
        this.b = b;
        this.x = x;
        this.listener = listener;
        unlimited();
    }

    /** x ← the guess of the memory. */
    void guess(InitialGuess.Memory memory, LinearOperator a, Change change) {
        long t = System.nanoTime();
        try {
            guessApplications = memory.propose(a, change, b, x);
            if (!finite(x)) {
                Arrays.fill(x, 0);
                note("no guess: it was not finite");
            }
        } catch (RuntimeException e) { // an operator that throws, for instance: the solve will say so
            Arrays.fill(x, 0);
            note("no guess: " + e);
        }
        operatorApplications += guessApplications;
        guessSeconds = (System.nanoTime() - t) * 1e-9;
    }

    /** x ← a guess of the caller's own; 0 where that is no guess. */
    void guess(double[] x0) {
        System.arraycopy(x0, 0, x, 0, x.length);
        for (double e : x0) {
            if (!(Math.abs(e) < HUGE)) {
                Arrays.fill(x, 0);
                note("no guess: the caller's has the entry " + e);
                return;
            }
        }
    }

    /** What the next attempt may cost: traffic where counted, else seconds. */
    void limit(double cost, boolean counted) {
        unlimited();
        overrun = false;
        if (cost < Double.POSITIVE_INFINITY) {
            if (counted) {
                limitTraffic = cost;
            } else {
                limitNanos = System.nanoTime() + (long) (cost * 1e9);
            }
        }
    }

    /** How many iterations the next attempt may take. */
    void limitIterations(long count) {
        unlimited();
        overrun = false;
        limitIterations = count;
    }

    /** How many iterations the next attempt may take with its stale preconditioner. */
    void patience(long count) {
        patience = count;
    }

    /** {@return whether the last attempt was broken off because its stale preconditioner served no longer} */
    boolean worn() {
        return worn;
    }

    /** Takes down what the attempts cost. */
    void meter(Cost cost) {
        meter = cost;
    }

    /** {@return what the attempts and set-ups so far cost, as metered} */
    double spent() {
        return metered + meter.ofSetup(setupSeconds);
    }

    /** Notes what a tuner learned. */
    void charged(double cost) {
        charge = cost;
    }

    private void unlimited() {
        limitTraffic = Double.POSITIVE_INFINITY;
        limitNanos = Long.MAX_VALUE;
        limitIterations = Long.MAX_VALUE;
    }

    private boolean onIteration(int k, double norm) {
        boolean wanted = listener.onIteration(k, norm);
        boolean over = k > limitIterations
                || limitTraffic < Double.POSITIVE_INFINITY && trafficOfAttempt() > limitTraffic
                || limitNanos != Long.MAX_VALUE && System.nanoTime() - limitNanos > 0;
        overrun = wanted && over; // who cancels wants no other attempt
        worn = wanted && !over && k > patience;
        return wanted && !over && !worn;
    }

    /** {@return whether the last attempt was broken off at its limit} */
    boolean overrun() {
        return overrun;
    }

    /** Notes where the preconditioner came from. */
    void prepared(Configuration by, PreconditionerKeeper keeper) {
        attempt(by);
        preparation = keeper.preparation();
        setupSeconds += keeper.seconds();
        setupTraffic += keeper.setupTraffic();
        note(keeper.note());
    }

    /** Notes that the caller gave the preconditioner. */
    void given(Configuration by) {
        attempt(by);
        preparation = Preparation.GIVEN;
    }

    private void attempt(Configuration by) {
        configuration = by.name();
        chosen = chosen.isEmpty() ? configuration : chosen;
    }

    void note(String clause) {
        if (!clause.isEmpty() && !note.contains(clause)) {
            note = note.isEmpty() ? clause : note + "; " + clause;
        }
    }

    void addSetup(double seconds) {
        setupSeconds += seconds;
    }

    /** One attempt, from x. */
    SolveResult run(SolveRunner<?> runner, LinearOperator a, Preconditioner m, Change change) {
        at = runner.workspace();
        movedBefore = at.vectors().moved();
        application = m.traffic();
        worn = false;
        result = runner.solve(a, m, b, x, change, this::onIteration);
        Report report = result.report();
        if (attempts == 0) {
            recycled = runner.recycledDimension();
            double initial = report.initialResidualNorm() / report.rhsNorm();
            guessResidual = initial < 1 - ROUNDING ? initial : 1; // also for b = 0
        }
        attempts++;
        iterations += report.iterations();
        operatorApplications += report.operatorApplications();
        preconditionerApplications += report.preconditionerApplications();
        refreshApplications += runner.refreshApplications();
        traffic += trafficOfAttempt();
        solveSeconds += report.totalSeconds();
        metered += meter == null ? 0 : meter.of(report);
        patience = Long.MAX_VALUE;
        return result;
    }

    private double trafficOfAttempt() {
        return product * at.operatorApplications()
                + application * at.preconditionerApplications()
                + 8.0 * b.length * (at.vectors().moved() - movedBefore);
    }

    SolveResult result() {
        return result;
    }

    Preparation preparation() {
        return preparation;
    }

    int recycled() {
        return recycled;
    }

    int attempts() {
        return attempts;
    }

    int iterations() {
        return iterations;
    }

    int operatorApplications() {
        return operatorApplications;
    }

    /** {@return applications of M⁻¹, of M = I too} */
    int steps() {
        return Math.max(iterations, preconditionerApplications);
    }

    /** {@return what the attempts cost: bytes moved where counted, else seconds} */
    double solveCost(boolean counted) {
        return counted ? traffic : solveSeconds;
    }

    /** {@return what the set-ups cost, in the same unit} */
    double setupCost(boolean counted) {
        return counted ? setupTraffic : setupSeconds;
    }

    SystemRecord record(int index) {
        Report report = result.report();
        return new SystemRecord(
                index,
                chosen,
                configuration,
                report.cause(),
                report.detail(),
                iterations,
                operatorApplications,
                guessApplications,
                refreshApplications,
                preconditionerApplications,
                report.relativeResidual(),
                guessResidual,
                recycled,
                preparation,
                attempts,
                guessSeconds,
                setupSeconds,
                solveSeconds,
                charge,
                note);
    }

    private static boolean finite(double[] v) {
        double sum = 0; // of e − e: 0, or NaN
        double other = 0; // two sums, so that an addition need not wait for the last
        int even = v.length & -2;
        for (int i = 0; i < even; i += 2) {
            sum += v[i] - v[i];
            other += v[i + 1] - v[i + 1];
        }
        for (int i = even; i < v.length; i++) {
            sum += v[i] - v[i];
        }
        return sum + other == 0;
    }
}
