package dev.ritz.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All that a run of {@code ritz solve} has to tell, filled in as it goes, so that a failure reports what is known. */
final class SolveOutcome {
    /** {@code converged}, {@code stopped} or {@code failed}. */
    String outcome = "failed";

    ExitCode exitCode = ExitCode.INTERNAL;
    /** The cause in one word. */
    String cause = "INTERNAL";

    String detail = "";
    /** One sentence for people. */
    String message = "";

    int threads;
    int n = -1;
    long nnz = -1;
    String rhs = "";
    /** In which order of the unknowns the solve ran. */
    String order = "";

    boolean reordered;
    /** How the matrix was stored that products ran on. */
    String format = "";

    boolean formatted;

    String choice = "";
    /** What the user should know beside the outcome. */
    final List<String> warnings = new ArrayList<>();
    /** Every try, the last one included. */
    final List<Attempt> attempts = new ArrayList<>();
    /** The index of the attempt whose iterate is given back; −1 before there is one. */
    int kept = -1;

    String preconditionerNote = "";
    int iterations;
    long operatorApplications;
    long preconditionerApplications;
    long preconditionerProducts;
    double rhsNorm = Double.NaN;
    double relativeResidual = Double.NaN;
    boolean verified;
    /** max |x_i − 1| where x = 1 is known to solve the system. */
    double errorAgainstOnes = Double.NaN;

    double secondsRead;
    double secondsAnalyse;
    double secondsSetup;
    double secondsSolve;
    double secondsVerify;
    /** The iterate given back; null when no solve got that far. */
    double[] x;

    private double[] history = new double[0];
    /** The share of each attempt that got to a solve. */
    final List<Stretch> stretches = new ArrayList<>();

    /**
     * The history of one attempt.
     *
     * @param attempt its index among the attempts
     * @param from its first norm in the history
     * @param to behind its last
     */
    record Stretch(int attempt, int from, int to) {}

    /** Adds the history of the attempt about to be noted. */
    void addHistory(double[] more) {
        stretches.add(new Stretch(attempts.size(), history.length, history.length + more.length));
        int at = history.length;
        history = Arrays.copyOf(history, at + more.length);
        System.arraycopy(more, 0, history, at, more.length);
    }

    /** Residual norms of all attempts, one after the other, each from the norm it started with. */
    double[] history() {
        return history;
    }

    Attempt keptAttempt() {
        return kept < 0 ? (attempts.isEmpty() ? null : attempts.get(attempts.size() - 1)) : attempts.get(kept);
    }

    boolean converged() {
        return exitCode == ExitCode.OK;
    }

    void failed(CommandException e) {
        outcome = e.code() == ExitCode.LIMIT || e.code() == ExitCode.CANCELLED ? "stopped" : "failed";
        exitCode = e.code();
        cause = e.word();
        message = e.getMessage();
        detail = "";
    }

    /** A fault of the program, or no memory. */
    void broken(Throwable e) {
        outcome = "failed";
        exitCode = ExitCode.INTERNAL;
        cause = e instanceof OutOfMemoryError ? "OUT_OF_MEMORY" : "INTERNAL";
        message = e instanceof OutOfMemoryError ? "out of memory" : "internal error";
        detail = e.toString();
    }
}
