package dev.ritz.krylov.sequence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the cheapest of a few configurations while the sequence runs. They come in the order in which they are expected
 * to do well, and the first solves until a trial of the next is worth its cost.
 *
 * <pre>
 * Worth   when as many systems again as so far could save what all trials have cost in excess, and {@value #PRICE} systems
 *         more: a share p = 1 − {@value #LEAST} / (applications of M⁻¹ of the one in charge), and that with probability p
 * Trial   {@value #TURNS} systems in a row, with a preconditioner of its own and then by the reuse policy, as the one in
 *         charge works; broken off when a solve, and over when all has cost {@value #CLOSE} times what a system usually
 *         does
 * Winner  whoever costs less in the mean, set-ups included
 * Again   when the mean has risen by {@value #DEARER}, or after {@value #FIRST_INTERVAL} systems, then twice as many, …
 * </pre>
 */
final class Race implements Chooser {
    static final int TURNS = 3;

    /** What a good solve costs in applications of an incomplete factorisation: docs/decisions/0007-sequences.md. */
    private static final double LEAST = 40;

    private static final double PRICE = 2;
    private static final double CLOSE = 1.1;

    /** A later turn of a trial that costs this many times a usual system is broken off. */
    private static final double BROKEN_OFF = 2;

    private static final double DEARER = 1.4;
    private static final int FIRST_INTERVAL = 200;
    private static final double NEWEST = 0.2;
    private static final int NOBODY = -1;

    private final int arms;
    private final boolean counted;
    private final boolean[] tried;
    private final Tally mine = new Tally(); // of the one in charge
    private final Tally other = new Tally(); // of the challenger
    private int inCharge;
    private int challenger = NOBODY;
    private int systems; // since the search began
    private double excess; // what the trials cost beyond usual systems
    private double least; // the mean of the one in charge when it was lowest
    private int interval = FIRST_INTERVAL;

    // of the system at hand
    private double solve = Double.NaN; // of the one chosen, infinite where it failed; NaN where that says nothing
    private double setup;

    Race(int arms, boolean counted) {
        this.arms = arms;
        this.counted = counted;
        this.tried = new boolean[arms];
        begin();
    }

    /** Everybody but the one in charge may be tried again. */
    private void begin() {
        Arrays.fill(tried, false);
        tried[inCharge] = true;
        challenger = NOBODY;
        systems = 0;
        excess = 0;
        least = Double.POSITIVE_INFINITY;
    }

    /** {@return whose turn it is} */
    int next() {
        return challenger >= 0 ? challenger : inCharge;
    }

    /** {@return who solves when nobody is tried} */
    int inCharge() {
        return inCharge;
    }

    @Override
    public int next(double[] context) {
        return next();
    }

    @Override
    public void begin(int arm, SystemSolve s) {
        solve = Double.NaN;
        s.limit(limit(arm), counted);
    }

    /** {@return what a turn of this arm may cost} */
    double limit(int arm) {
        return arm != challenger ? Double.POSITIVE_INFINITY : (other.turns == 0 ? CLOSE : BROKEN_OFF) * mine.mean();
    }

    @Override
    public int[] fallbacks(int failed) {
        return IntStream.concat(IntStream.of(inCharge), IntStream.range(0, arms))
                .filter(i -> i != failed)
                .distinct()
                .toArray();
    }

    @Override
    public void tried(int arm, SystemSolve s) {
        solve = s.attempts() > 0 && s.result().converged() ? s.solveCost(counted) : Double.POSITIVE_INFINITY;
        setup = s.setupCost(counted);
    }

    @Override
    public void ended(int arm, int by, SystemSolve s) {
        if (!Double.isNaN(solve) && s.result().converged()) { // a system that nobody solves says nothing
            learn(arm, by, solve, setup, s.steps(), s.solveCost(counted) + s.setupCost(counted));
        }
    }

    @Override
    public String fingerprint() {
        return "race";
    }

    @Override
    public boolean mayKeep(int arm) {
        return arm == inCharge || other.turns > 0;
    }

    /**
     * Learns what a system has cost.
     *
     * @param arm whose turn it was
     * @param by who solved it
     * @param solveCost of the arm's solve, infinite where it failed
     * @param setupCost of its preconditioner, 0 where there was none to build
     * @param steps applications of M⁻¹
     * @param whole what the system cost, whoever solved it
     */
    void learn(int arm, int by, double solveCost, double setupCost, double steps, double whole) {
        if (arms == 1) {
            return;
        }
        systems++;
        boolean solved = solveCost < Double.POSITIVE_INFINITY;
        if (arm == challenger) {
            excess += Math.max(0, whole - mine.mean());
            if (solved) {
                other.add(solveCost, setupCost, steps);
            }
            judge(solved);
        } else if (solved) {
            mine.add(solveCost, setupCost, steps);
            least = mine.turns > TURNS ? Math.min(least, mine.mean()) : least;
        } else { // somebody else can do it
            inCharge = by;
            mine.clear();
            begin();
        }
        if (challenger >= 0) {
            return;
        }
        boolean dearer = mine.mean() > DEARER * least;
        if (dearer || systems >= interval) {
            interval = dearer ? FIRST_INTERVAL : 2 * interval;
            begin();
        }
        challenge();
    }

    /** Whether the challenger goes on, takes over or leaves. */
    private void judge(boolean solved) {
        double cost = other.meanSolve() + other.meanSetup(mine);
        if (!solved || !(cost <= CLOSE * mine.mean())) {
            challenger = NOBODY;
        } else if (other.turns == TURNS) {
            if (cost < mine.mean()) {
                inCharge = challenger;
                mine.take(other);
                least = Double.POSITIVE_INFINITY;
            }
            challenger = NOBODY;
        }
    }

    private void challenge() {
        double share = Math.max(0, 1 - LEAST / mine.steps());
        double expected = systems * share * share * mine.mean();
        if (!(expected >= excess + PRICE * mine.mean())) {
            return;
        }
        for (int i = 0; i < arms; i++) {
            if (!tried[i]) {
                tried[i] = true;
                challenger = i;
                other.clear();
                return;
            }
        }
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(inCharge);
        out.writeInt(challenger);
        for (boolean t : tried) {
            out.writeBoolean(t);
        }
        mine.write(out);
        other.write(out);
        out.writeInt(systems);
        out.writeDouble(excess);
        out.writeDouble(least);
        out.writeInt(interval);
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        inCharge = arm(in.readInt(), 0);
        challenger = arm(in.readInt(), NOBODY);
        for (int i = 0; i < arms; i++) {
            tried[i] = in.readBoolean();
        }
        mine.read(in);
        other.read(in);
        systems = in.readInt();
        excess = in.readDouble();
        least = in.readDouble();
        interval = in.readInt();
    }

    private int arm(int read, int from) throws IOException {
        if (read < from || read >= arms) {
            throw new IOException("the checkpoint names configuration " + read + ", expected below " + arms);
        }
        return read;
    }

    /** What the systems of one configuration have cost: means in which old systems fade. */
    private static final class Tally {
        private int turns;
        private int setups;
        private double solve;
        private double setup;
        private double steps;

        void clear() {
            turns = 0;
            setups = 0;
            solve = 0;
            setup = 0;
            steps = 0;
        }

        void add(double solveCost, double setupCost, double applications) {
            turns++;
            double weight = Math.max(NEWEST, 1.0 / turns);
            solve += weight * (solveCost - solve);
            steps += weight * (applications - steps);
            if (setupCost > 0) {
                setups++;
                setup += Math.max(NEWEST, 1.0 / setups) * (setupCost - setup);
            }
        }

        double steps() {
            return steps;
        }

        double meanSolve() {
            return solve;
        }

        private double share() {
            return turns == 0 ? 1 : (double) setups / turns;
        }

        /** {@return the cost of a system; without bound before the first} */
        double mean() {
            return turns == 0 ? Double.POSITIVE_INFINITY : solve + setup * share();
        }

        /** Set-ups per system; where all have shared one so far, as many as the incumbent needs, if those are fewer. */
        double meanSetup(Tally incumbent) {
            return setup * (setups > 1 ? share() : Math.min(share(), incumbent.share()));
        }

        void take(Tally from) {
            turns = from.turns;
            setups = from.setups;
            solve = from.solve;
            setup = from.setup;
            steps = from.steps;
        }

        void write(DataOutputStream out) throws IOException {
            out.writeInt(turns);
            out.writeInt(setups);
            out.writeDouble(solve);
            out.writeDouble(setup);
            out.writeDouble(steps);
        }

        void read(DataInputStream in) throws IOException {
            turns = in.readInt();
            setups = in.readInt();
            solve = in.readDouble();
            setup = in.readDouble();
            steps = in.readDouble();
        }
    }
}
