package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.io.BinaryFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The preconditioner in hand, the matrix it was built for, and what it has cost since: the state behind a reuse policy. */
final class PreconditionerKeeper {
    private static final int REMEMBERED = 64;

    /** A stale preconditioner that takes so many times the iterations it ever took, and some, serves no longer. */
    private static final int WORN = 5;

    private static final int SOME = 50;

    private final PreconditionerFactory factory;
    private final Preconditioner.Kind accepted;
    private final ReusePolicy policy;
    private Preconditioner current;
    private CsrMatrix source;
    private CsrMatrix origin; // what was last built and not rebuilt
    private double setupCost;
    private int[] iterations = new int[16];
    private double[] costs = new double[16];
    private int systems;
    private double[] earlier = {}; // costs of the last period of at least two systems
    private int buildsSince;
    private Preparation preparation;
    private String note = "";
    private double seconds;
    private double setupTraffic; // of the last call

    PreconditionerKeeper(PreconditionerFactory factory, Preconditioner.Kind accepted, ReusePolicy policy) {
        this.factory = factory;
        this.accepted = accepted;
        this.policy = policy;
    }

    /** The preconditioner for a, by the policy where it may keep. The matrix it was built for is served without asking. */
    Preconditioner prepare(CsrMatrix a, boolean counted, boolean mayKeep) {
        note = "";
        seconds = 0;
        setupTraffic = 0;
        if (current != null && Matrices.samePattern(source, a)) {
            if (Matrices.sameValues(source, a) || mayKeep && systems > 0 && policy.keep(history())) {
                preparation = Preparation.KEPT;
                return current;
            }
            return renew(a, counted);
        }
        current = null;
        return renew(a, counted);
    }

    /** The preconditioner for a, whatever the policy says: rebuilt where the pattern is the same, else built. */
    Preconditioner renew(CsrMatrix a, boolean counted) {
        long t = System.nanoTime();
        boolean rebuild = current != null && Matrices.samePattern(source, a);
        Preconditioner old = current;
        current = null; // unusable if the build throws
        source = null;
        if (systems > 1) {
            earlier = Arrays.copyOf(costs, Math.min(systems, REMEMBERED));
            buildsSince = 0;
        }
        buildsSince += earlier.length > 0 ? 1 : 0;
        systems = 0;
        Preconditioner built;
        try {
            built = rebuild ? factory.rebuild(old, a) : factory.build(a);
        } catch (RuntimeException e) {
            return none(a, "no preconditioner: " + e.getMessage(), t);
        }
        if (built == null || built.size() != a.rows() || !accepted.admits(built.kind())) {
            return none(
                    a,
                    "no preconditioner: " + factory.name() + " gave " + (built == null ? "null" : built.kind())
                            + ", the method takes " + accepted,
                    t);
        }
        current = built;
        source = a;
        origin = rebuild ? origin : a;
        preparation = rebuild ? Preparation.REBUILT : Preparation.BUILT;
        note = built.note();
        seconds = (System.nanoTime() - t) * 1e-9;
        setupTraffic = built.setupTraffic();
        setupCost = counted ? setupTraffic : seconds;
        return built;
    }

    /** What a product reads of a matrix in compressed rows. */
    static long bytes(CsrMatrix a) {
        return 12L * a.nnz() + 4L * a.rows();
    }

    private Preconditioner none(CsrMatrix a, String why, long begin) {
        preparation = Preparation.NONE;
        setupTraffic = 0;
        note = why;
        seconds = (System.nanoTime() - begin) * 1e-9;
        return Preconditioner.identity(a.rows());
    }

    /** What a solve with the preconditioner in hand has cost. */
    void charge(int count, double cost) {
        if (current == null) {
            return;
        }
        if (systems == costs.length) {
            iterations = Arrays.copyOf(iterations, 2 * systems);
            costs = Arrays.copyOf(costs, 2 * systems);
        }
        iterations[systems] = count;
        costs[systems++] = cost;
    }

    private ReuseHistory history() {
        return new ReuseHistory(
                setupCost, Arrays.copyOf(iterations, systems), Arrays.copyOf(costs, systems), earlier, buildsSince);
    }

    Preparation preparation() {
        return preparation;
    }

    String note() {
        return note;
    }

    double seconds() {
        return seconds;
    }

    /** {@return what the last call has built, in bytes moved; 0 where it kept} */
    double setupTraffic() {
        return setupTraffic;
    }

    /** {@return the matrix that the preconditioner in hand was built for; null without one} */
    CsrMatrix source() {
        return source;
    }

    /**
     * The matrix of the last build: a rebuild may keep a part of what was built, as the transfer operators of a hierarchy.
     *
     * @return that matrix, {@link #source} itself where nothing was rebuilt since
     */
    CsrMatrix origin() {
        return origin;
    }

    /** {@return whether the preconditioner in hand was kept from other values than those of a, and does anything} */
    boolean stale(CsrMatrix a) {
        return preparation == Preparation.KEPT && current.traffic() > 0 && !Matrices.same(source, a);
    }

    /** {@return after how many iterations a stale preconditioner is given up, whatever the policy says} */
    long patience() {
        int most = 0;
        for (int i = 0; i < systems; i++) {
            most = Math.max(most, iterations[i]);
        }
        return systems == 0 ? Long.MAX_VALUE : (long) WORN * most + SOME;
    }

    /** {@return the preconditioner in hand, null without one} */
    Preconditioner current() {
        return current;
    }

    /** Writes the history of the preconditioner in hand. */
    void write(DataOutputStream out) throws IOException {
        out.writeDouble(setupCost);
        out.writeInt(systems);
        BinaryFile.writeInts(out, iterations, systems);
        BinaryFile.writeDoubles(out, costs, systems);
        out.writeInt(earlier.length);
        BinaryFile.writeDoubles(out, earlier, earlier.length);
        out.writeInt(buildsSince);
    }

    /** Builds the preconditioner that was in hand anew, with the same bits, and takes over its history. */
    void read(DataInputStream in, CsrMatrix built, CsrMatrix rebuilt) throws IOException {
        double setup = in.readDouble();
        int count = in.readInt();
        int[] its = BinaryFile.readInts(in, count);
        double[] spent = BinaryFile.readDoubles(in, count);
        double[] before = BinaryFile.readDoubles(in, in.readInt());
        int builds = in.readInt();
        renew(built, true);
        if (rebuilt != built) {
            renew(rebuilt, true);
        }
        setupCost = setup;
        earlier = before;
        buildsSince = builds;
        for (int i = 0; i < count; i++) {
            charge(its[i], spent[i]);
        }
    }
}
