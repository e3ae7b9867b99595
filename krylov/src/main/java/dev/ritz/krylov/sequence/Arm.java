package dev.ritz.krylov.sequence;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.RecycleSpace;
import dev.ritz.krylov.SharedWorkspaces;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** One configuration at work on systems of one size: its memory, its preconditioner, its recycled space. */
final class Arm {
    private final Configuration configuration;
    private final SolveRunner<?> runner;
    private final PreconditionerKeeper keeper;
    private final RecyclingControl recycling = new RecyclingControl();
    private final boolean counted;
    private boolean begun; // a system has been solved here
    private CsrMatrix last; // the matrix of the last one, null where the caller gave an operator
    private Preconditioner lastPreconditioner;

    Arm(Configuration configuration, SharedWorkspaces workspaces, ReusePolicy reuse, boolean counted) {
        this.configuration = configuration;
        this.runner = SolveRunner.of(configuration.method(), workspaces);
        this.keeper = new PreconditionerKeeper(
                configuration.preconditioner(), configuration.method().accepts(), reuse);
        this.counted = counted;
    }

    /**
     * Solves from the guess in x. Where a stale part may be to blame for a failure, it solves again without.
     *
     * @param fast what to multiply a with
     * @param mayKeep whether the policy may keep the preconditioner of another matrix
     * @param evenWithout whether to solve where there is no preconditioner for this matrix
     * @return whether it made an attempt
     */
    boolean solve(CsrMatrix a, LinearOperator fast, SystemSolve s, boolean mayKeep, boolean evenWithout) {
        boolean first = s.attempts() == 0; // others have left an iterate: what is left to do says little
        boolean same = last != null && Matrices.same(last, a);
        Preconditioner m = keeper.prepare(a, counted, mayKeep);
        s.prepared(configuration, keeper);
        if (keeper.preparation() == Preparation.NONE && !evenWithout) {
            return false;
        }
        Change change = change(same && m == lastPreconditioner && keeper.preparation() == Preparation.KEPT);
        LinearOperator operator = runner.takes(fast, m) ? fast : a;
        boolean stale = keeper.stale(a);
        if (stale) {
            s.patience(keeper.patience());
        }
        SolveResult result = s.run(runner, operator, m, change);
        if (s.worn() || worthAnother(result, stale || s.recycled() > 0)) {
            if (stale) {
                m = keeper.renew(a, counted);
                s.prepared(configuration, keeper);
            }
            if (keeper.preparation() != Preparation.NONE || evenWithout) {
                s.run(runner, operator, m, Change.UNRELATED);
            }
        }
        if (first) {
            keeper.charge(s.iterations(), s.solveCost(counted));
        }
        begun = true;
        last = a;
        lastPreconditioner = m;
        return true;
    }

    /** Solves with an operator and a preconditioner of the caller's. */
    void solve(LinearOperator a, Preconditioner m, Change given, SystemSolve s) {
        s.given(configuration);
        Change change = begun ? given : Change.UNRELATED;
        SolveResult result =
                s.run(runner, a, m, change == Change.CHANGED && !recycling.recycles() ? Change.UNRELATED : change);
        if (worthAnother(result, s.recycled() > 0)) {
            s.run(runner, a, m, Change.UNRELATED);
        }
        begun = true;
        last = null;
        lastPreconditioner = m;
    }

    private Change change(boolean same) {
        if (!begun) {
            return Change.UNRELATED;
        }
        return same ? Change.SAME_OPERATOR : recycling.recycles() ? Change.CHANGED : Change.UNRELATED;
    }

    /** Whether a stale part may be to blame: a preconditioner kept, or a recycled space. */
    private static boolean worthAnother(SolveResult result, boolean stale) {
        Report report = result.report();
        return stale
                && !result.converged()
                && result.cause() != Cause.CANCELLED
                && result.cause() != Cause.DEADLINE
                && report.part() != Part.RIGHT_HAND_SIDE
                && report.part() != Part.LISTENER;
    }

    /** Learns from a system that converged in one attempt. */
    void learn(SystemRecord record) {
        double fromZero = record.iterationsFromZero();
        if (!Double.isNaN(fromZero)) {
            recycling.learn(fromZero, record.recycled(), record.refreshApplications());
        }
    }

    /** Drops what {@link #write} does not write. */
    void settle() {
        runner.settle();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(begun);
        MatrixData.writeOptional(out, last);
        CsrMatrix source = keeper.source();
        out.writeBoolean(source != null);
        if (source != null) {
            MatrixData.writeOptional(out, source == last ? null : source);
            MatrixData.writeOptional(out, keeper.origin() == source ? null : keeper.origin());
            keeper.write(out);
        }
        out.writeBoolean(source != null && keeper.current() == lastPreconditioner);
        recycling.write(out);
        RecycleSpace space = runner.space();
        out.writeBoolean(space != null);
        if (space != null) {
            space.write(out);
        }
    }

    void read(DataInputStream in) throws IOException {
        begun = in.readBoolean();
        last = MatrixData.readOptional(in);
        if (in.readBoolean()) {
            CsrMatrix kept = MatrixData.readOptional(in);
            CsrMatrix source = kept == null ? last : kept;
            CsrMatrix origin = MatrixData.readOptional(in);
            keeper.read(in, origin == null ? source : origin, source);
        }
        lastPreconditioner = in.readBoolean() ? keeper.current() : null;
        recycling.read(in);
        if (in.readBoolean()) {
            runner.recycle(RecycleSpace.read(in));
        }
    }
}
