package dev.ritz.api;

import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all methods share in one solve: checks at the door, counting and timing of both parts, limits, the best iterate,
 * and the verdict, which rests on a recomputed residual alone.
 *
 * <p>A method has this form, whatever its algebra:
 *
 * <pre>{@code
 * while (s.unfinished(r)) {            // r ← b − A x, and the verdict is not in
 *     … start from r …
 *     boolean go;
 *     do {
 *         … one step: the norm of the residual that x is about to have …
 *         go = s.proceed(norm);
 *         … x ← x + α p …              // after proceed, which may keep the x that was better
 *     } while (go);
 * }
 * }</pre>
 *
 * A step that cannot go on calls {@link #fail} and leaves the inner loop; {@code unfinished} then recomputes the
 * residual, so a breakdown at the solution is a success.
 *
 * <p>When ‖b‖ is so small or large that its square would leave the range of a double, the monitor solves for a scaled
 * right-hand side (by a power of two, so without rounding) and scales x back.
 */
public final class SolveMonitor {
    /** Outside of this range of ‖b‖ the products of two residuals may under- or overflow. */
    private static final double SMALL = 1e-100;

    private static final double LARGE = 1e100;

    /** A further start from the true residual must have gained this factor over the last. */
    private static final double RETRY_GAIN = 0.1;

    /** An estimate below this share of ‖b‖ says nothing that a recomputed residual could confirm. */
    private static final double RESOLVED = 1e-18;

    final Vectors vectors;
    final int n;
    private final Workspace workspace;
    private final double[] best;
    private final AtomicBoolean busy = new AtomicBoolean();
    private double[] scaledRhs;
    private double[] history = new double[256];
    private int historyLength;

    LinearOperator a;
    Preconditioner m;
    private double[] b;
    private double[] x;
    private IterationListener listener;
    private StoppingCriteria criteria;
    private long deadlineNanos;
    private boolean limited;

    long solve;
    String method;
    String preconditioner;
    Cause cause;
    Part part;
    String detail;
    Exception failure;
    int iterations;
    int operatorApplications;
    int preconditionerApplications;
    int starts;
    long reductionsAtBegin;
    long movedAtBegin;
    long productsAtBegin;
    double scale;
    double rhsNorm;
    double initialNorm;
    double finalNorm;
    double tolerance;
    boolean verified;
    final PartClock operatorClock = new PartClock();
    final PartClock preconditionerClock = new PartClock();
    long verifyNanos;
    long beginNanos;

    private Part running;
    private boolean decided;
    private boolean plainPreconditioner;
    private boolean dropsPoorGuesses;
    private boolean claimed;
    private int claims;
    private double claimNorm;
    private double previousNorm;
    private double currentNorm;
    private double bestNorm;
    private double divergenceNorm;

    SolveMonitor(Workspace ws, double[] best) {
        this.workspace = ws;
        this.vectors = ws.vectors();
        this.n = ws.size();
        this.best = best;
    }

    // ---------------------------------------------------------------- for the driver

    void begin(
            IterativeSolver<?> solver,
            LinearOperator a,
            Preconditioner m,
            double[] b,
            double[] x,
            IterationListener listener) {
        check(solver, a, m, b, x, listener);
        String solverName = solver.name(); // the last of the foreign code: what throws here leaves the workspace free
        String preconditionerName = m.name();
        StoppingCriteria limits = solver.criteria();
        long productsBefore = m.products();
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("the workspace is in use by another solve; give each solve its own");
        }
        this.a = a;
        this.m = m;
        this.b = b;
        this.x = x;
        this.listener = listener;
        this.criteria = limits;
        solve++;
        beginNanos = System.nanoTime();
        deadlineNanos = criteria.timeLimit().toNanos();
        dropsPoorGuesses = workspace.dropsPoorGuesses();
        limited = criteria.timeLimit().compareTo(StoppingCriteria.UNLIMITED) < 0;
        method = solverName;
        preconditioner = preconditionerName;
        cause = null;
        part = Part.METHOD;
        detail = "";
        failure = null;
        iterations = 0;
        operatorApplications = 0;
        preconditionerApplications = 0;
        starts = 0;
        historyLength = 0;
        reductionsAtBegin = vectors.reductions();
        movedAtBegin = vectors.moved();
        productsAtBegin = productsBefore;
        operatorClock.reset();
        preconditionerClock.reset();
        verifyNanos = 0;
        running = Part.METHOD;
        decided = false;
        plainPreconditioner = m instanceof IdentityPreconditioner;
        claimed = false;
        claims = 0;
        verified = false;
        initialNorm = Double.NaN;
        finalNorm = Double.NaN;
        previousNorm = Double.POSITIVE_INFINITY;
        currentNorm = Double.POSITIVE_INFINITY;
        bestNorm = Double.POSITIVE_INFINITY;
        scale = 1;
        rhsNorm = vectors.norm(b);
        tolerance = Math.max(criteria.rtol() * rhsNorm, criteria.atol());
    }

    private void check(
            IterativeSolver<?> solver,
            LinearOperator a,
            Preconditioner m,
            double[] b,
            double[] x,
            IterationListener listener) {
        requireNonNull(a, "a");
        requireNonNull(m, "m");
        requireNonNull(b, "b");
        requireNonNull(x, "x");
        requireNonNull(listener, "listener");
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square operator");
        }
        if (a.rows() != n) {
            throw new IllegalArgumentException("a has " + a.rows() + " rows, the workspace is for " + n);
        }
        requireLength(b, "b");
        requireLength(x, "x");
        if (b == x && n > 0) {
            throw new IllegalArgumentException("b and x are the same array, expected distinct ones");
        }
        if (m.size() != n) {
            throw new IllegalArgumentException("m has size " + m.size() + ", a has " + n + " rows");
        }
        solver.check(a, m); // first: a method without any preconditioner says so itself
        if (!solver.accepts().admits(m.kind())) {
            throw new IllegalArgumentException(solver.name() + " takes a preconditioner of kind " + solver.accepts()
                    + ", " + m.name() + " is " + m.kind() + "; use "
                    + (m.kind() == Preconditioner.Kind.VARIABLE
                            ? "a flexible method (FlexibleCg, Fgmres)"
                            : "a nonsymmetric method (Gmres, BiCgStab, Idr)"));
        }
    }

    private static void requireNonNull(Object value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is null");
        }
    }

    private void requireLength(double[] v, String name) {
        if (v.length != n) {
            throw new IllegalArgumentException(name + " has length " + v.length + ", expected " + n);
        }
    }

    /** A part threw: keep the cause, give back a finite iterate. */
    SolveResult partFailed(Exception e) {
        part = running;
        failure = e;
        detail = running + " threw " + e;
        verified = false;
        finish(Cause.PART_FAILED);
        keepBest();
        return result();
    }

    SolveResult result() {
        if (!decided) {
            throw new IllegalStateException(method + " returned before unfinished() said so");
        }
        Report report = new Report(this);
        return switch (cause.outcome()) {
            case CONVERGED -> new SolveResult.Converged(x, report);
            case STOPPED -> new SolveResult.Stopped(x, report);
            case FAILED -> new SolveResult.Failed(x, report);
        };
    }

    /** The last act of every solve, also of one that an {@link Error} ends. */
    void release() {
        if (!decided) {
            keepBest();
        }
        if (scale != 1) {
            unscale();
        }
        a = null;
        m = null;
        b = null;
        x = null;
        listener = null;
        busy.set(false);
    }

    double[] history(long of) {
        if (of != solve) {
            throw new IllegalStateException(
                    "the residual history was overwritten by a later solve in the same workspace; copy it before");
        }
        return Arrays.copyOf(history, historyLength);
    }

    // ---------------------------------------------------------------- for methods

    /**
     * r ← b − A x, and the verdict. The first call of a solve, and the condition of every method's outer loop.
     *
     * @param r overwritten with the true residual of the current iterate
     * @return false when the solve is over; the method then returns
     */
    public boolean unfinished(double[] r) {
        if (decided) {
            return false;
        }
        if (starts == 0 && !acceptData()) {
            return false;
        }
        double norm = trueNorm(r);
        if (starts == 0) {
            if (dropsPoorGuesses && !(norm < rhsNorm)) {
                Arrays.fill(x, 0, n, 0.0);
                vectors.copy(b, r); // r ← b
                norm = rhsNorm;
            }
            initialNorm = norm;
            finalNorm = norm;
            record(norm);
            divergenceNorm = criteria.dtol() * Math.max(rhsNorm, norm);
            if (!Double.isFinite(norm)) {
                part = Part.OPERATOR;
                detail = "b - A x0 is not finite";
                verified = true;
                vectors.copy(best, x); // a broken operator may have written into x
                return finish(Cause.NOT_FINITE);
            }
        }
        previousNorm = norm;
        currentNorm = norm;
        finalNorm = norm;
        verified = true;
        if (norm <= tolerance) {
            part = Part.METHOD;
            detail = "";
            return finish(Cause.CONVERGED);
        }
        if (!(norm < Double.POSITIVE_INFINITY) && cause == null) {
            cause = Cause.NOT_FINITE;
            detail = "the residual of the iterate is not finite";
        }
        if (cause == null && claimed && !(claims == 0 || norm <= RETRY_GAIN * claimNorm)) {
            cause = Cause.STAGNATION;
            detail =
                    "the method's own estimate met the tolerance or the rounding level, the recomputed residual did not";
        }
        if (cause == null && norm > divergenceNorm) {
            cause = Cause.DIVERGENCE;
        }
        if (cause == null) {
            limits();
        }
        if (cause != null) {
            restoreBest(r);
            if (verified && finalNorm <= tolerance) {
                part = Part.METHOD;
                detail = "";
                cause = Cause.CONVERGED;
            }
            return finish(cause);
        }
        if (claimed) {
            claims++;
            claimNorm = norm;
            claimed = false;
        }
        if (norm < bestNorm) {
            remember(norm);
        }
        starts++;
        return true;
    }

    /**
     * Counts an iteration, before x moves: {@code x} still has the residual of the iteration before.
     *
     * @param norm the method's estimate of ‖b − A x‖₂ once x has moved
     * @return whether to go on; when false, the method lets x move and goes back to {@link #unfinished}
     */
    public boolean proceed(double norm) {
        if (!(norm <= currentNorm) && currentNorm < bestNorm) {
            remember(currentNorm);
        }
        previousNorm = currentNorm;
        currentNorm = norm;
        return proceedInCycle(norm);
    }

    /**
     * Counts an iteration of a method that moves x only at the end of a cycle: until then x keeps the residual with
     * which {@link #unfinished} let the cycle begin.
     *
     * @param norm the method's estimate of ‖b − A x‖₂, were x to move now
     * @return whether to go on; when false, the method lets x move and goes back to {@link #unfinished}
     */
    public boolean proceedInCycle(double norm) {
        iterations++;
        record(norm);
        running = Part.LISTENER;
        boolean wanted = listener.onIteration(iterations, norm / scale);
        running = Part.METHOD;
        if (!Double.isFinite(norm)) {
            fail(Cause.NOT_FINITE, "the residual estimate is not finite");
            return false;
        }
        if (!wanted) {
            fail(Cause.CANCELLED, "");
        }
        if (suffices(norm)) {
            claimed = true;
            return false;
        }
        if (norm > divergenceNorm) {
            fail(Cause.DIVERGENCE, "");
            return false;
        }
        limits();
        return cause == null;
    }

    /**
     * Whether an estimate of ‖b − A x‖₂ is small enough to recompute it: within the tolerance, or below what the
     * rounding of b − A x lets anybody confirm.
     *
     * @param norm the estimate
     * @return true when the method should let x move and go back to {@link #unfinished}
     */
    public boolean suffices(double norm) {
        return norm <= Math.max(tolerance, RESOLVED * rhsNorm);
    }

    /**
     * Notes why the method cannot go on; the verdict follows at the next {@link #unfinished}.
     *
     * @param why the cause
     * @param clause the numbers behind it, or empty
     */
    public void fail(Cause why, String clause) {
        if (cause == null) {
            cause = why;
            detail = clause;
        }
    }

    /**
     * Sorts out a scalar of the recurrence that should be positive and is not: not finite before wrong sign.
     *
     * @param value the offending scalar
     * @param why the cause when the value is finite
     * @param name what the scalar is, for the detail
     * @param suspect a vector that the preconditioner or operator wrote
     * @param writer who wrote it: to blame when the vector is not finite
     */
    public void failPositive(double value, Cause why, String name, double[] suspect, Part writer) {
        if (Double.isFinite(value)) {
            fail(why, name + " = " + value);
        } else {
            if (cause == null && !Double.isFinite(vectors.norm(suspect))) {
                part = writer;
            }
            fail(Cause.NOT_FINITE, name + " = " + value);
        }
    }

    /** Counts a product with A that the method forms itself, entry by entry, from the matrix. */
    public void countProduct() {
        operatorApplications++;
    }

    /**
     * y ← A v, counted and timed.
     *
     * @param v input
     * @param y output
     */
    public void apply(double[] v, double[] y) {
        running = Part.OPERATOR;
        operatorApplications++;
        boolean timed = operatorClock.due();
        long t = timed ? System.nanoTime() : 0;
        a.apply(v, y);
        if (timed) {
            operatorClock.add(System.nanoTime() - t);
        }
        running = Part.METHOD;
    }

    /**
     * y ← A v, counted and timed.
     *
     * @param v input
     * @param y output
     * @return vᵀ A v
     */
    public double applyDot(double[] v, double[] y) {
        running = Part.OPERATOR;
        operatorApplications++;
        boolean timed = operatorClock.due();
        long t = timed ? System.nanoTime() : 0;
        double dot = a.applyDot(v, y);
        if (timed) {
            operatorClock.add(System.nanoTime() - t);
        }
        running = Part.METHOD;
        return dot;
    }

    /**
     * z ← M⁻¹ r, counted and timed.
     *
     * @param r input
     * @param z output; may be {@code r} itself when M is the identity
     */
    public void precondition(double[] r, double[] z) {
        if (plainPreconditioner) {
            if (r != z) {
                vectors.copy(r, z);
            }
            return;
        }
        running = Part.PRECONDITIONER;
        preconditionerApplications++;
        boolean timed = preconditionerClock.due();
        long t = timed ? System.nanoTime() : 0;
        m.apply(r, z);
        if (timed) {
            preconditionerClock.add(System.nanoTime() - t);
        }
        running = Part.METHOD;
    }

    /**
     * z ← M⁻¹ r, counted and timed, with the inner product of both.
     *
     * @param r input
     * @param z output; may be {@code r} itself when M is the identity
     * @return rᵀ M⁻¹ r
     */
    public double preconditionDot(double[] r, double[] z) {
        if (plainPreconditioner) {
            precondition(r, z);
            return vectors.dot(r, r);
        }
        running = Part.PRECONDITIONER;
        preconditionerApplications++;
        boolean timed = preconditionerClock.due();
        long t = timed ? System.nanoTime() : 0;
        double dot = m.applyDot(r, z, vectors);
        if (timed) {
            preconditionerClock.add(System.nanoTime() - t);
        }
        running = Part.METHOD;
        return dot;
    }

    /** {@return whether M is the identity, so that a method may let z and r be one array} */
    public boolean unpreconditioned() {
        return plainPreconditioner;
    }

    /** {@return the operator} */
    public LinearOperator operator() {
        return a;
    }

    /** {@return the iterate, which the method updates in place} */
    public double[] x() {
        return x;
    }

    /** {@return ‖b − A x‖₂ as {@link #unfinished} recomputed it or {@link #proceed} was last told} */
    public double residualNorm() {
        return currentNorm;
    }

    /** {@return the bound on ‖b − A x‖₂ that means success} */
    public double tolerance() {
        return tolerance;
    }

    // ---------------------------------------------------------------- inside

    /** Classifies b and x₀, scales extreme data, settles b = 0. */
    private boolean acceptData() {
        if (!Double.isFinite(rhsNorm)) {
            part = Part.RIGHT_HAND_SIDE;
            detail = "the norm of b is " + rhsNorm;
            return finish(Cause.NOT_FINITE);
        }
        if (!Double.isFinite(vectors.norm(x))) {
            part = Part.INITIAL_GUESS;
            detail = "the norm of x0 is not finite";
            return finish(Cause.NOT_FINITE);
        }
        if (rhsNorm == 0) {
            Arrays.fill(x, 0, n, 0.0); // the solution, whatever A is
            initialNorm = 0;
            finalNorm = 0;
            record(0);
            verified = true;
            return finish(Cause.CONVERGED);
        }
        if (rhsNorm < SMALL || rhsNorm > LARGE) {
            rescale();
        }
        vectors.copy(x, best);
        return true;
    }

    private void rescale() {
        int exponent = -Math.getExponent(rhsNorm);
        double factor = Math.scalb(1.0, Math.max(Math.min(exponent, 1000), -1000));
        if (scaledRhs == null) {
            scaledRhs = new double[n];
        }
        double xNorm = vectors.norm(x) * factor;
        if (!(xNorm < Double.POSITIVE_INFINITY)) {
            return; // a guess far from the solution: work unscaled
        }
        for (int i = 0; i < n; i++) {
            scaledRhs[i] = b[i] * factor;
            x[i] *= factor;
        }
        b = scaledRhs;
        scale = factor;
        rhsNorm = vectors.norm(b);
        tolerance = Math.max(criteria.rtol() * rhsNorm, criteria.atol() * factor);
    }

    private void unscale() {
        double[] y = x;
        for (int i = 0; i < n; i++) {
            y[i] = unscaled(y[i]);
        }
    }

    /** What the caller gets for an entry of the scaled iterate: the nearest finite double. */
    private double unscaled(double xi) {
        double value = xi / scale;
        return Double.isInfinite(value) && Double.isFinite(xi) ? Math.copySign(Double.MAX_VALUE, xi) : value;
    }

    /**
     * r ← b − A x and its norm, of the x that the caller would get. NaN, so that no verdict rests on it, when x is not
     * finite (a product does not see entries of x whose column is empty) or when the operator wrote into x.
     */
    private double trueNorm(double[] r) {
        if (scale != 1) {
            double[] y = x;
            for (int i = 0; i < n; i++) {
                y[i] = unscaled(y[i]) * scale;
            }
        }
        double size = vectors.norm(x);
        running = Part.OPERATOR;
        operatorApplications++;
        long t = System.nanoTime();
        double square = a.residual(b, x, r);
        double norm = vectors.norm(r, square);
        verifyNanos += System.nanoTime() - t;
        running = Part.METHOD;
        return size < Double.POSITIVE_INFINITY && vectors.norm(x) == size ? norm : Double.NaN;
    }

    /**
     * Gives back the best iterate when the last one is worse, unless its own true residual belies the estimate by which
     * it was remembered; and x = 0 where both are worse than the guess and than nothing.
     */
    private void restoreBest(double[] r) {
        if (!(finalNorm <= bestNorm)) {
            double last = finalNorm;
            boolean finite = last < Double.POSITIVE_INFINITY;
            if (finite) {
                swap();
            } else {
                vectors.copy(best, x);
            }
            double norm = trueNorm(r);
            if (!finite) {
                verified = Double.isFinite(norm);
                finalNorm = verified ? norm : bestNorm;
                if (!verified) {
                    vectors.copy(best, x); // the operator may have written into x
                }
            } else if (norm < last) {
                finalNorm = norm;
            } else {
                swap();
            }
        }
        if (verified && finalNorm > initialNorm && finalNorm > rhsNorm) {
            Arrays.fill(x, 0, n, 0.0);
            finalNorm = rhsNorm;
        }
    }

    private void swap() {
        for (int i = 0; i < n; i++) {
            double t = x[i];
            x[i] = best[i];
            best[i] = t;
        }
    }

    /** Without further products: when a part is broken, the best iterate known. */
    private void keepBest() {
        if (starts == 0) {
            return;
        }
        double norm = Math.max(previousNorm, currentNorm); // x may not have moved yet
        if (!(norm < bestNorm) || !Double.isFinite(vectors.norm(x))) {
            vectors.copy(best, x);
            finalNorm = bestNorm;
        } else {
            finalNorm = norm;
        }
    }

    private void remember(double norm) {
        if (Double.isFinite(vectors.norm(x))) {
            vectors.copy(x, best);
            bestNorm = norm;
        }
    }

    private void limits() {
        if (iterations >= criteria.maxIterations()) {
            fail(Cause.MAX_ITERATIONS, "maxIterations = " + criteria.maxIterations());
        } else if (limited && System.nanoTime() - beginNanos > deadlineNanos) {
            fail(Cause.DEADLINE, "timeLimit = " + criteria.timeLimit());
        } else if (Thread.currentThread().isInterrupted()) {
            fail(Cause.CANCELLED, "the thread was interrupted");
        }
    }

    private boolean finish(Cause why) {
        cause = why;
        decided = true;
        return false;
    }

    private void record(double norm) {
        if (historyLength == history.length) {
            history = Arrays.copyOf(history, 2 * historyLength);
        }
        history[historyLength++] = norm / scale;
    }
}
