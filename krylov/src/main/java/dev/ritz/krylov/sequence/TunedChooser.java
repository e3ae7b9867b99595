package dev.ritz.krylov.sequence;

import dev.ritz.api.Cause;
import dev.ritz.api.Part;
import dev.ritz.api.SolveResult;
import dev.ritz.krylov.tuning.Charge;
import dev.ritz.krylov.tuning.Tuner;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Lets a tuner choose. An arm that has cost {@value #BROKEN_OFF} times what the best one usually costs is broken off, and
 * the best one goes on from its iterate; the whole is charged to the arm. The usual costs are means in which old systems
 * fade, so that they follow systems that become harder. Of an arm that was seldom played they say little: they are
 * weighed with {@value #PRIOR} systems of the usual cost of all.
 */
final class TunedChooser implements Chooser {
    static final double BROKEN_OFF = 4;
    static final double PRIOR = 3;

    /** Plays that a mean remembers. */
    private static final int MEMORY = 20;

    private final String fingerprint;
    private final Tuner.Memory memory;
    private final Charge charge;
    private final double[] perIteration; // 0: not known yet
    private final int[] plays; // at most MEMORY
    private final double[] means; // cost of a system, of late
    private int systems; // at most MEMORY
    private double usual; // cost of a system, whatever the arm, of late
    private double[] context; // of the system at hand

    TunedChooser(Tuner tuner, Charge charge, long seed, int arms) {
        this.fingerprint = tuner + " for " + charge.cost().name() + " up to " + charge.cap() + ", seed " + seed;
        this.memory = tuner.newMemory(arms, seed);
        this.charge = charge;
        this.perIteration = new double[arms];
        this.plays = new int[arms];
        this.means = new double[arms];
    }

    Tuner.Memory memory() {
        return memory;
    }

    @Override
    public int next(double[] value) {
        int arm = memory.choose(value);
        context = value;
        return arm;
    }

    @Override
    public void begin(int arm, SystemSolve s) {
        s.meter(charge.cost());
        int best = best(-1);
        if (best < 0 || best == arm) {
            return;
        }
        double unit = perIteration[arm] > 0 ? perIteration[arm] : perIteration[best];
        if (unit > 0) {
            s.limitIterations((long) Math.max(1, BROKEN_OFF * estimate(best) / unit));
        }
    }

    @Override
    public int[] fallbacks(int tried) {
        int best = best(tried);
        return new int[] {best >= 0 ? best : tried == 0 ? 1 : 0};
    }

    /** The arm of the least usual cost among those played, −1 where none was. */
    private int best(int except) {
        int best = -1;
        for (int i = 0; i < means.length; i++) {
            if (i != except && plays[i] > 0 && (best < 0 || estimate(i) < estimate(best))) {
                best = i;
            }
        }
        return best;
    }

    private double estimate(int arm) {
        return (plays[arm] * means[arm] + PRIOR * usual) / (plays[arm] + PRIOR);
    }

    @Override
    public void tried(int arm, SystemSolve s) {
        if (s.iterations() > 0) {
            perIteration[arm] = s.spent() / s.iterations();
        }
    }

    @Override
    public void ended(int arm, int by, SystemSolve s) {
        SolveResult result = s.result();
        Part part = result.report().part();
        if (!result.converged()
                && (result.cause() == Cause.CANCELLED
                        || part == Part.LISTENER
                        || part == Part.OPERATOR
                        || part == Part.RIGHT_HAND_SIDE)) {
            return; // not the arm's doing
        }
        double cost = charge.of(s.spent(), result.converged());
        s.charged(cost);
        memory.learn(context, arm, cost);
        plays[arm] = Math.min(plays[arm] + 1, MEMORY);
        means[arm] += (cost - means[arm]) / plays[arm];
        systems = Math.min(systems + 1, MEMORY);
        usual += (cost - usual) / systems;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        memory.write(out);
        for (int i = 0; i < means.length; i++) {
            out.writeDouble(perIteration[i]);
            out.writeInt(plays[i]);
            out.writeDouble(means[i]);
        }
        out.writeInt(systems);
        out.writeDouble(usual);
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        memory.read(in);
        for (int i = 0; i < means.length; i++) {
            perIteration[i] = in.readDouble();
            plays[i] = in.readInt();
            means[i] = in.readDouble();
        }
        systems = in.readInt();
        usual = in.readDouble();
    }

    @Override
    public boolean mayKeep(int arm) {
        return true;
    }
}
