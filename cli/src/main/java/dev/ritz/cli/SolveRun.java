package dev.ritz.cli;

import dev.ritz.api.BuildException;
import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.ordering.ReorderedSystem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run of {@code ritz solve}: read, analyse, try what was asked for or what the default rule lists, verify. */
final class SolveRun {
    /** An iterate is a start for the next attempt only when it has won this much; a worse one may be huge. */
    private static final double WORTH_KEEPING = 1e-2;

    private final SolveRequest request;
    private final Watch watch;
    private final SolveOutcome out;
    private final TimeLimit limit;
    private CsrMatrix a;
    private ReorderedSystem ordered;
    private FormatChoice format;
    private Vectors vectors;
    private double[] b;
    private double[] x0;
    private double bestNorm = Double.POSITIVE_INFINITY;

    /** The clock of the time limit starts here. */
    SolveRun(SolveRequest request, Watch watch, SolveOutcome out) {
        this.request = request;
        this.watch = watch;
        this.out = out;
        this.limit = new TimeLimit(request.criteria().timeLimit());
    }

    /** Runs to an outcome; what cannot even be tried is thrown. */
    void run() throws CommandException {
        WorkerPool pool = request.threads() == 0 ? WorkerPool.shared() : WorkerPool.of(request.threads());
        try {
            out.threads = pool.threads();
            request.checkNames();
            timedRead(pool);
            MatrixTraits traits = timedTraits();
            out.warnings.addAll(traits.warnings(request.method()));
            boolean ones = request.rhs() == InputSystem.Rhs.A1 && !traits.rowsCancel();
            out.rhs += ones ? ", solved by x = 1" : "";
            List<Plan> plans = plans(traits);
            try {
                for (int k = 0; k < plans.size() && (k == 0 || mayGoOn()); k++) {
                    attempt(plans.get(k), traits, k + 1 < plans.size());
                }
            } finally {
                verify(ones); // what there is, also when a later attempt does not fit into memory
            }
        } finally {
            if (request.threads() != 0) {
                pool.close();
            }
        }
    }

    private void timedRead(WorkerPool pool) throws CommandException {
        long t = System.nanoTime();
        try {
            read(pool);
        } finally {
            out.secondsRead = (System.nanoTime() - t) * 1e-9;
        }
        checkLimits("while reading the vectors");
    }

    private void read(WorkerPool pool) throws CommandException {
        a = InputSystem.matrix(request.matrix(), request.maxMemory(), pool);
        out.n = a.rows();
        out.nnz = a.nnz();
        checkLimits("while reading the matrix");
        vectors = new Vectors(a.rows(), pool);
        InputSystem system = InputSystem.of(a, request, new MatrixMarket.Options(request.maxMemory(), pool));
        b = system.b();
        x0 = system.x0();
        out.rhs = system.rhsText();
    }

    private MatrixTraits timedTraits() throws CommandException {
        long t = System.nanoTime();
        MatrixTraits traits = MatrixTraits.of(a);
        ordered = reorder().of(a);
        out.order = ordered.note();
        out.reordered = ordered.reordered();
        format = request.format().of(ordered.matrix());
        out.format = format.reason();
        out.formatted = format.operator() != ordered.matrix();
        out.secondsAnalyse = (System.nanoTime() - t) * 1e-9;
        checkLimits("while analysing the matrix");
        return traits;
    }

    /** As asked for, but that of the file where the preconditioner knows its rows. */
    private Reorder reorder() throws CommandException {
        boolean byRow = request.preconditioner() != null
                && PreconditionerTable.named(request.preconditioner())
                        .make(request.preconditionerSettings())
                        .byRow();
        return byRow ? Reorder.NONE : request.reorder();
    }

    private List<Plan> plans(MatrixTraits traits) {
        if (request.method() == null && request.preconditioner() == null) {
            return DefaultChoice.plans(traits, request.maxMemory());
        }
        String reason = request.preconditioner() == null
                ? "-m given; without -p there is no preconditioner"
                : request.method() == null ? "-p given; the method follows from it" : "-m and -p given";
        return List.of(new Plan(
                request.method(),
                request.methodSettings(),
                request.preconditioner() == null ? "none" : request.preconditioner(),
                request.preconditionerSettings(),
                false,
                reason));
    }

    /** After a first attempt: a limit or the user may have had enough. */
    private boolean mayGoOn() {
        if (!out.converged() && watch.cancelled()) {
            out.exitCode = ExitCode.CANCELLED;
            out.outcome = "stopped";
            out.cause = Cause.CANCELLED.name();
            out.message = Cause.CANCELLED.text();
            out.detail = "";
        }
        return !out.converged() && !isLimit(out.exitCode);
    }

    private static boolean isLimit(ExitCode code) {
        return code == ExitCode.LIMIT || code == ExitCode.CANCELLED;
    }

    /** Between two phases: whether the user or the clock says stop; {@code where} names the phase that is over. */
    private void checkLimits(String where) throws CommandException {
        if (watch.cancelled()) {
            throw new CommandException(ExitCode.CANCELLED, "CANCELLED", "cancelled before the solve started");
        }
        limit.left(where);
    }

    private void attempt(Plan plan, MatrixTraits traits, boolean more) throws CommandException {
        checkLimits(out.attempts.isEmpty() ? "while analysing the matrix" : "between two attempts");
        long begin = System.nanoTime();
        ReorderedSystem system = plan.negate() ? ordered.withMatrix(negated(a)) : ordered;
        PreconditionerEntry.Made made =
                PreconditionerTable.named(plan.preconditioner()).make(plan.preconditionerSettings());
        Preconditioner m;
        try {
            m = made.factory() == null ? Preconditioner.identity(a.rows()) : system.build(made.factory());
        } catch (BuildException e) {
            buildFailed(plan, made, e.reason().name(), e, begin);
            return;
        } catch (IllegalArgumentException e) { // IC(0) of a matrix that is not symmetric, for instance
            buildFailed(plan, made, "REFUSED", e, begin);
            return;
        }
        Method method = MethodTable.named(plan.method() != null ? plan.method() : methodFor(m, traits));
        Settings settings = method.settings(plan.methodSettings());
        checkMemory(method, settings, m);
        out.secondsSetup += (System.nanoTime() - begin) * 1e-9;
        IterativeSolver<?> solver = method.make(remaining("while setting up " + made.name()), settings);
        LinearOperator operator = operator(plan, solver, system.matrix(), m);
        long t = System.nanoTime();
        boolean warm = bestNorm <= WORTH_KEEPING * out.rhsNorm;
        double[] x = warm ? out.x.clone() : x0.clone();
        AttemptListener listener = new AttemptListener(watch, more ? patience(method, settings) : 0);
        double norm = vectors.norm(b);
        out.rhsNorm = norm;
        watch.start(
                method.name(),
                norm,
                Math.max(request.criteria().rtol() * norm, request.criteria().atol()));
        Solved solved;
        try {
            solved = solve(solver, system, operator, m, plan.negate() ? negated(b) : b, x, listener);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e.getMessage());
        } finally {
            watch.stop();
        }
        out.secondsSolve += (System.nanoTime() - t) * 1e-9;
        finished(plan, method, settings, made, m, solved, listener, begin);
    }

    /** The chosen format, unless the method needs the entries of the matrix. */
    private LinearOperator operator(Plan plan, IterativeSolver<?> solver, CsrMatrix matrix, Preconditioner m) {
        LinearOperator chosen = (plan.negate() ? format.withValues(matrix) : format).operator();
        try {
            solver.check(chosen, m);
        } catch (IllegalArgumentException e) {
            return matrix;
        }
        return chosen;
    }

    private record Solved(SolveResult result, double[] history) {}

    /** One attempt in memory of its own. */
    private static <W extends Workspace> Solved solve(
            IterativeSolver<W> solver,
            ReorderedSystem system,
            LinearOperator operator,
            Preconditioner m,
            double[] b,
            double[] x,
            AttemptListener listener) {
        W ws = solver.newWorkspace(b.length, system.matrix().pool());
        SolveResult result = system.solve(solver, operator, m, b, x, ws, listener);
        return new Solved(result, result.report().history());
    }

    private void finished(
            Plan plan,
            Method method,
            Settings settings,
            PreconditionerEntry.Made made,
            Preconditioner m,
            Solved solved,
            AttemptListener listener,
            long begin) {
        Report report = solved.result().report();
        out.iterations += report.iterations();
        out.operatorApplications += report.operatorApplications();
        out.preconditionerApplications += report.preconditionerApplications();
        out.preconditionerProducts += report.preconditionerProducts();
        out.secondsVerify += report.verifySeconds();
        out.addHistory(solved.history());
        boolean gaveUp = listener.gaveUp() && report.cause() == Cause.CANCELLED;
        String word = gaveUp ? Cause.STAGNATION.name() : report.cause().name();
        String detail = gaveUp ? listener.reason() : detail(report);
        out.attempts.add(new Attempt(
                method.name(),
                settings.values(),
                made.name(),
                made.settings(),
                plan.reason(),
                word,
                detail,
                report.iterations(),
                report.relativeResidual(),
                (System.nanoTime() - begin) * 1e-9));
        ExitCode code = gaveUp ? ExitCode.FAILED : ExitCode.of(report);
        boolean better = out.kept < 0 || report.residualNorm() < bestNorm;
        if (better) {
            out.kept = out.attempts.size() - 1;
            out.x = solved.result().iterate();
            out.preconditionerNote = m.note();
            bestNorm = report.residualNorm();
        }
        if (better || code == ExitCode.OK || isLimit(code)) {
            out.exitCode = code;
            out.cause = word;
            out.detail = detail;
            out.outcome = (gaveUp ? Cause.STAGNATION : report.cause())
                    .outcome()
                    .name()
                    .toLowerCase(Locale.ROOT);
            out.message = gaveUp ? Cause.STAGNATION.text() : report.cause().text();
            out.choice = plan.reason();
        }
    }

    private void buildFailed(Plan plan, PreconditionerEntry.Made made, String word, RuntimeException e, long begin) {
        out.secondsSetup += (System.nanoTime() - begin) * 1e-9;
        out.attempts.add(new Attempt(
                plan.method() == null ? "" : plan.method(),
                Map.copyOf(plan.methodSettings()),
                made.name(),
                made.settings(),
                plan.reason(),
                word,
                e.getMessage(),
                0,
                Double.NaN,
                (System.nanoTime() - begin) * 1e-9));
        if (out.kept < 0) {
            out.exitCode = ExitCode.PRECONDITIONER;
            out.cause = word;
            out.detail = e.getMessage();
            out.message = "the preconditioner " + made.name() + " could not be built";
            out.choice = plan.reason();
        }
    }

    /** CG where matrix and preconditioner are made for it, FGMRES where the preconditioner may change, else GMRES. */
    private static String methodFor(Preconditioner m, MatrixTraits traits) {
        if (m.kind() == Preconditioner.Kind.VARIABLE) {
            return "fgmres";
        }
        return traits.maybePositiveDefinite() && m.kind() == Preconditioner.Kind.SPD ? "cg" : "gmres";
    }

    /** What everything before has left of the limits. */
    private StoppingCriteria remaining(String where) throws CommandException {
        StoppingCriteria c = request.criteria();
        return c.withMaxIterations(Math.max(0, c.maxIterations() - out.iterations))
                .withTimeLimit(limit.left(where));
    }

    /** The numbers behind the end of an attempt; of a limit the user's own, not what was left of it. */
    private String detail(Report report) {
        return switch (report.cause()) {
            case MAX_ITERATIONS -> "maxIterations = " + request.criteria().maxIterations();
            case DEADLINE -> "timeLimit = " + Quantities.text(request.criteria().timeLimit());
            default -> report.detail();
        };
    }

    /** After how many iterations without progress the rule goes on to its next plan. */
    private static int patience(Method method, Settings settings) {
        int cycle = settings.values().get("restart") instanceof Integer restart ? restart : 0;
        return Math.max(300, 2 * cycle);
    }

    private void checkMemory(Method method, Settings settings, Preconditioner m) throws CommandException {
        int n = a.rows();
        long matrix = (12L * a.nnz() + 4L * n) * (ordered.reordered() ? 2 : 1);
        matrix += format.operator() instanceof FormattedMatrix f ? f.bytes() : 0;
        long workspace = 8L * n * (method.vectors().vectors(n, settings) + 3);
        long needed = matrix + m.bytes() + workspace;
        if (needed > request.maxMemory()) {
            throw new CommandException(
                    ExitCode.LIMIT,
                    "MAX_MEMORY",
                    method.name() + " needs " + Quantities.text(needed) + " for the matrix, the preconditioner and its "
                            + "workspace, --max-memory allows " + Quantities.text(request.maxMemory()));
        }
    }

    private void verify(boolean ones) {
        if (out.x == null) {
            return;
        }
        long t = System.nanoTime();
        double[] r = new double[a.rows()];
        a.residual(b, out.x, r);
        double norm = vectors.norm(r);
        out.relativeResidual = norm == 0 ? 0 : norm / out.rhsNorm;
        out.verified = Double.isFinite(norm);
        if (ones) {
            double error = 0;
            for (double xi : out.x) {
                error = Math.max(error, Math.abs(xi - 1));
            }
            out.errorAgainstOnes = error;
        }
        out.secondsVerify += (System.nanoTime() - t) * 1e-9;
    }

    private static CsrMatrix negated(CsrMatrix a) {
        return a.withValues(negated(a.values()));
    }

    private static double[] negated(double[] v) {
        double[] w = Arrays.copyOf(v, v.length);
        for (int i = 0; i < w.length; i++) {
            w[i] = -w[i];
        }
        return w;
    }
}
