package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.SharedWorkspaces;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Everything of a session that depends on the number of unknowns, and how it is kept in a checkpoint: what later systems
 * depend on is written, and the rest dropped by the session that writes too, so that both go on alike.
 */
final class SessionState {
    final int n;
    final InitialGuess.Memory memory;
    FormatKeeper format = new FormatKeeper();

    private final List<Configuration> configurations;
    private final ReusePolicy reuse;
    private final boolean counted;
    private final Arm[] arms; // null where a configuration has not been used yet
    private final SharedWorkspaces workspaces;
    private CsrMatrix last; // the matrix of the last system, null without one
    private Change unasked = Change.UNRELATED; // what has changed since the guess was last asked

    SessionState(
            int n,
            List<Configuration> configurations,
            ReusePolicy reuse,
            boolean counted,
            InitialGuess.Memory memory,
            WorkerPool pool) {
        this.n = n;
        this.configurations = configurations;
        this.reuse = reuse;
        this.counted = counted;
        this.arms = new Arm[configurations.size()];
        this.workspaces = new SharedWorkspaces(n, pool);
        this.memory = memory;
    }

    /** Takes note of the next matrix. */
    void next(CsrMatrix a) {
        changed(last == null ? Change.UNRELATED : Matrices.same(last, a) ? Change.SAME_OPERATOR : Change.CHANGED);
        last = a;
    }

    /** Takes note of an operator of the caller's. */
    void next(Change change) {
        changed(change);
        last = null;
    }

    private void changed(Change change) {
        unasked = unasked.compareTo(change) > 0 ? unasked : change;
    }

    /** {@return what has changed since the guess was last asked, which it now is} */
    Change asked() {
        Change change = unasked;
        unasked = Change.SAME_OPERATOR;
        return change;
    }

    Arm arm(int index) {
        if (arms[index] == null) {
            arms[index] = new Arm(configurations.get(index), workspaces, reuse, counted);
        }
        return arms[index];
    }

    /** {@return the bytes of all vectors of length n} */
    long bytes() {
        return memory.bytes() + workspaces.bytes();
    }

    /** Drops what {@link #write} does not write. */
    void settle() {
        format = new FormatKeeper(format);
        for (Arm arm : arms) {
            if (arm != null) {
                arm.settle();
            }
        }
    }

    void write(DataOutputStream out) throws IOException {
        format.write(out);
        MatrixData.writeOptional(out, last);
        out.writeInt(unasked.ordinal());
        memory.write(out);
        for (Arm arm : arms) {
            out.writeBoolean(arm != null);
            if (arm != null) {
                arm.write(out);
            }
        }
    }

    void read(DataInputStream in) throws IOException {
        format.read(in);
        last = MatrixData.readOptional(in);
        unasked = MatrixData.readChange(in);
        memory.read(in);
        for (int i = 0; i < arms.length; i++) {
            if (in.readBoolean()) {
                arm(i).read(in);
            }
        }
    }
}
