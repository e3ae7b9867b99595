package dev.ritz.krylov.sequence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the cheapest of a few configurations while the sequence runs. They take turns, one system each; who is far
 * behind drops out, after {@value #ROUNDS} rounds the cheapest stays. It is challenged again when it has become dearer,
 * and now and then anyway, at ever longer intervals, so that what the search costs is a vanishing share.
 */
final class Race implements Chooser {
    /** Turns each survivor has had when the race is decided. */
    static final int ROUNDS = 3;

    /** Dearer than the cheapest by this factor after one turn: out. */
    private static final double FAR_BEHIND = 1.5;

    /** The same after two turns. */
    private static final double BEHIND = 1.15;

    /** A turn that costs this many times the cheapest one is broken off. */
    private static final double BROKEN_OFF = 2;

    /** The winner is challenged when its mean cost has risen by this factor. */
    private static final double DEARER = 1.4;

    private static final int FIRST_INTERVAL = 200;
    private static final double NEWEST = 0.2;

    private final int arms;
    private final boolean counted;
    private final double[] solve; // the least cost of a solve so far in this race
    private final double[] setup; // and of a set-up
    private final int[] setups;
    private final int[] turns;
    private final boolean[] running;
    private int winner = -1;
    private double won; // the winner's cost when it won
    private double mean; // and of late
    private int since; // systems since then
    private int interval = FIRST_INTERVAL;

    Race(int arms, boolean counted) {
        this.arms = arms;
        this.counted = counted;
        this.solve = new double[arms];
        this.setup = new double[arms];
        this.setups = new int[arms];
        this.turns = new int[arms];
        this.running = new boolean[arms];
        start();
    }

    private void start() {
        Arrays.fill(solve, Double.POSITIVE_INFINITY);
        Arrays.fill(setup, Double.POSITIVE_INFINITY);
        Arrays.fill(setups, 0);
        Arrays.fill(turns, 0);
        Arrays.fill(running, true);
        winner = arms == 1 ? 0 : -1;
        won = Double.POSITIVE_INFINITY;
        mean = Double.NaN;
        since = 0;
    }

    /** The least cost of a solve, and of as many set-ups as there were. */
    private double cost(int arm) {
        return setups[arm] == 0 ? solve[arm] : solve[arm] + setup[arm] * setups[arm] / turns[arm];
    }

    /** {@return whose turn it is} */
    int next() {
        if (winner >= 0) {
            return winner;
        }
        int next = -1;
        for (int i = 0; i < arms; i++) {
            if (running[i] && (next < 0 || turns[i] < turns[next])) {
                next = i;
            }
        }
        return next;
    }

    /** {@return the one to fall back on: the winner, else the cheapest so far, else the first} */
    int favourite() {
        if (winner >= 0) {
            return winner;
        }
        int best = 0;
        for (int i = 1; i < arms; i++) {
            if (cost(i) < cost(best)) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public int next(double[] context) {
        return next();
    }

    @Override
    public void begin(int arm, SystemSolve s) {
        s.limit(limit(arm), counted);
    }

    @Override
    public int[] fallbacks(int tried) {
        int favourite = favourite();
        return IntStream.concat(IntStream.of(favourite), IntStream.range(0, arms))
                .filter(i -> i != tried)
                .distinct()
                .toArray();
    }

    @Override
    public void tried(int arm, SystemSolve s) {
        if (s.result().converged()) {
            learn(arm, s.solveCost(counted), s.setupCost(counted));
        } else {
            learn(arm, Double.POSITIVE_INFINITY, 0);
        }
    }

    @Override
    public void ended(int arm, SystemSolve s) {} // what others cost says nothing about the arm

    @Override
    public String fingerprint() {
        return "race";
    }

    /** {@return whether it is decided} */
    @Override
    public boolean settled() {
        return winner >= 0;
    }

    /** {@return what a turn of this arm may cost; without bound while there is nothing to compare with} */
    double limit(int arm) {
        return winner >= 0 || arm == favourite() ? Double.POSITIVE_INFINITY : BROKEN_OFF * cost(favourite());
    }

    /**
     * Learns what a system has cost.
     *
     * @param arm who solved it
     * @param solveCost of the solve, infinite where it failed
     * @param setupCost of the preconditioner, 0 where there was none to build
     */
    void learn(int arm, double solveCost, double setupCost) {
        if (arms == 1) {
            return;
        }
        if (winner < 0) {
            turns[arm]++;
            solve[arm] = Math.min(solve[arm], solveCost);
            if (setupCost > 0) {
                setups[arm]++;
                setup[arm] = Math.min(setup[arm], setupCost);
            }
            judge();
            return;
        }
        since++;
        double amount = solveCost + setupCost;
        mean = Double.isNaN(mean) ? amount : (1 - NEWEST) * mean + NEWEST * amount;
        boolean dearer = since > ROUNDS && !(mean <= DEARER * won);
        if (dearer || since >= interval) {
            interval = dearer ? FIRST_INTERVAL : 2 * interval;
            start();
        }
    }

    private void judge() {
        int best = favourite();
        if (!(cost(best) < Double.POSITIVE_INFINITY)) {
            return; // nobody has solved anything yet
        }
        int left = 0;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < arms; i++) {
            double factor = turns[i] >= 2 ? BEHIND : FAR_BEHIND;
            running[i] = running[i] && (turns[i] == 0 || cost(i) <= factor * cost(best));
            if (running[i]) {
                left++;
                fewest = Math.min(fewest, turns[i]);
            }
        }
        if (fewest > 0 && (left == 1 || fewest >= ROUNDS)) {
            winner = best;
            won = cost(best);
        }
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (int i = 0; i < arms; i++) {
            out.writeDouble(solve[i]);
            out.writeDouble(setup[i]);
            out.writeInt(setups[i]);
            out.writeInt(turns[i]);
            out.writeBoolean(running[i]);
        }
        out.writeInt(winner);
        out.writeDouble(won);
        out.writeDouble(mean);
        out.writeInt(since);
        out.writeInt(interval);
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        for (int i = 0; i < arms; i++) {
            solve[i] = in.readDouble();
            setup[i] = in.readDouble();
            setups[i] = in.readInt();
            turns[i] = in.readInt();
            running[i] = in.readBoolean();
        }
        winner = in.readInt();
        won = in.readDouble();
        mean = in.readDouble();
        since = in.readInt();
        interval = in.readInt();
        if (winner >= arms) {
            throw new IOException("the checkpoint names configuration " + winner + ", expected below " + arms);
        }
    }
}
