package dev.ritz.krylov.sequence;

import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.krylov.Change;
import java.util.Arrays;

/** The solve of one system, in one attempt or two, with everything it cost. */
final class Attempt {
    /** ‖b − A 0‖ and ‖b‖ are summed in different ways. */
    private static final double ROUNDING = 1e-12;

    private final SolveRunner<?> runner;
    private final InitialGuess.Memory memory;
    private final LinearOperator a;
    private final double[] b;
    private final double[] x;
    private final IterationListener listener;

    private int attempts;
    private int iterations;
    private int operatorApplications;
    private int preconditionerApplications;
    private int guessApplications;
    private int refreshApplications;
    private int recycled;
    private double guessResidual = 1;
    private double guessSeconds;
    private double solveSeconds;
    private String note = "";

    Attempt(
            SolveRunner<?> runner,
            InitialGuess.Memory memory,
            LinearOperator a,
            double[] b,
            double[] x,
            IterationListener listener) {
        this.runner = runner;
        this.memory = memory;
        this.a = a;
        this.b = b;
        this.x = x;
        this.listener = listener;
    }

    /** With the given guess, or with that of the memory where x0 is null. */
    SolveResult guessAndSolve(double[] x0, Preconditioner m, Change change, boolean recycles) {
        long t = System.nanoTime();
        try {
            if (x0 == null) {
                guessApplications = memory.propose(a, change, b, x);
            } else {
                System.arraycopy(x0, 0, x, 0, x.length);
            }
        } catch (RuntimeException e) { // an operator that throws: the solve will say so
            Arrays.fill(x, 0);
            note = "no guess: " + e;
        }
        if (!finite(x)) {
            Arrays.fill(x, 0);
            note = "no guess: it was not finite";
        }
        operatorApplications += guessApplications;
        guessSeconds = (System.nanoTime() - t) * 1e-9;
        Change forSpace = change == Change.CHANGED && !recycles ? Change.UNRELATED : change;
        SolveResult result = count(runner.solve(a, m, b, x, forSpace, listener));
        recycled = runner.recycledDimension();
        Report report = result.report();
        double initial = report.initialResidualNorm() / report.rhsNorm();
        guessResidual = initial < 1 - ROUNDING ? initial : 1; // also for b = 0
        return result;
    }

    /** Without recycled space, from the best iterate. */
    SolveResult solveAgain(Preconditioner m) {
        return count(runner.solve(a, m, b, x, Change.UNRELATED, listener));
    }

    private SolveResult count(SolveResult result) {
        Report report = result.report();
        attempts++;
        iterations += report.iterations();
        operatorApplications += report.operatorApplications();
        preconditionerApplications += report.preconditionerApplications();
        refreshApplications += runner.refreshApplications();
        solveSeconds += report.totalSeconds();
        return result;
    }

    /** Whether a stale part may be to blame: a preconditioner kept, or a recycled space. */
    boolean worthAnother(SolveResult result, Preparation preparation) {
        boolean stale = preparation == Preparation.KEPT || recycled > 0;
        Part part = result.report().part();
        return stale
                && part != Part.RIGHT_HAND_SIDE
                && part != Part.LISTENER
                && switch (result.cause()) {
                    case CONVERGED, CANCELLED, DEADLINE -> false;
                    default -> true;
                };
    }

    /** The solution becomes the base of later guesses. */
    void learn() {
        memory.learn(a, b, x);
    }

    int iterations() {
        return iterations;
    }

    int operatorApplications() {
        return operatorApplications;
    }

    /** {@return applications of A and M, guess and refresh included} */
    double applications() {
        return (double) operatorApplications + preconditionerApplications;
    }

    double solveSeconds() {
        return solveSeconds;
    }

    SystemRecord record(
            int index,
            String configuration,
            SolveResult result,
            Preparation preparation,
            double setupSeconds,
            String decided) {
        Report report = result.report();
        return new SystemRecord(
                index,
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
                decided.isEmpty() ? note : note.isEmpty() ? decided : decided + "; " + note);
    }

    private static boolean finite(double[] v) {
        double sum = 0;
        for (double e : v) {
            sum += e - e; // 0, or NaN
        }
        return sum == 0;
    }
}
