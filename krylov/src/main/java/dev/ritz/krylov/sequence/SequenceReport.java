package dev.ritz.krylov.sequence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a sequence has cost so far, and what each part of the session saved and cost.
 *
 * <p>Costs are counted. What would have happened without a part was not run, so savings are estimates, by these rules:
 *
 * <ul>
 *   <li>a solve lowers the logarithm of the residual evenly, so a guess with residual g saves the iterations from 1 to g, and
 *       no more than those by which systems without a guess take longer on average;
 *   <li>without a recycled space a system would take, from x₀ = 0, the mean of those systems that had none;
 *   <li>with a fresh preconditioner it would take the mean of those systems that had one, and the
 *       cheapest set-up so far more.
 * </ul>
 *
 * To measure instead of estimate, run the sequence again without the part.
 */
public final class SequenceReport {
    private int systems;
    private int converged;
    private long iterations;
    private long operatorApplications;
    private long preconditionerApplications;
    private long guessApplications;
    private long refreshApplications;
    private double guessSeconds;
    private double setupSeconds;
    private double solveSeconds;
    private double leastSetup = Double.POSITIVE_INFINITY; // of a preconditioner built or rebuilt
    private int built;
    private int rebuilt;
    private int kept;
    private int secondAttempts;
    private int guessed;
    private double guessSaved; // iterations
    private final Mean unguessed = new Mean(); // iterations of those solved from x₀ = 0
    private final Mean bare = new Mean(); // iterations from x₀ = 0 without recycled space
    private final Mean recycling = new Mean();
    private final Mean fresh = new Mean(); // with a preconditioner made for the system
    private final Mean stale = new Mean();

    SequenceReport() {}

    /**
     * What one part of a session came to; negative savings are losses.
     *
     * @param part guess, recycled space, or preconditioner reuse
     * @param systems how many systems it served
     * @param savedApplications products with A that it spared, an estimate
     * @param costApplications products with A that it took
     * @param savedSeconds seconds that it spared, an estimate
     * @param costSeconds seconds that it took
     */
    public record Saving(
            String part,
            int systems,
            double savedApplications,
            double costApplications,
            double savedSeconds,
            double costSeconds) {}

    private static final class Mean {
        private double sum;
        private int count;

        private void add(double value) {
            sum += value;
            count++;
        }

        private void add(Mean other) {
            sum += other.sum;
            count += other.count;
        }

        private double value() {
            return count == 0 ? 0 : sum / count;
        }
    }

    /**
     * The reports of several sessions together.
     *
     * @param reports of the chunks of a batch, for instance
     * @return what they come to
     */
    public static SequenceReport sum(List<SequenceReport> reports) {
        SequenceReport sum = new SequenceReport();
        for (SequenceReport r : reports) {
            sum.systems += r.systems;
            sum.converged += r.converged;
            sum.iterations += r.iterations;
            sum.operatorApplications += r.operatorApplications;
            sum.preconditionerApplications += r.preconditionerApplications;
            sum.guessApplications += r.guessApplications;
            sum.refreshApplications += r.refreshApplications;
            sum.guessSeconds += r.guessSeconds;
            sum.setupSeconds += r.setupSeconds;
            sum.solveSeconds += r.solveSeconds;
            sum.built += r.built;
            sum.rebuilt += r.rebuilt;
            sum.kept += r.kept;
            sum.secondAttempts += r.secondAttempts;
            sum.guessed += r.guessed;
            sum.guessSaved += r.guessSaved;
            sum.unguessed.add(r.unguessed);
            sum.leastSetup = Math.min(sum.leastSetup, r.leastSetup);
            sum.bare.add(r.bare);
            sum.recycling.add(r.recycling);
            sum.fresh.add(r.fresh);
            sum.stale.add(r.stale);
        }
        return sum;
    }

    void add(SystemRecord r) {
        systems++;
        converged += r.converged() ? 1 : 0;
        iterations += r.iterations();
        operatorApplications += r.operatorApplications();
        preconditionerApplications += r.preconditionerApplications();
        guessApplications += r.guessApplications();
        refreshApplications += r.refreshApplications();
        guessSeconds += r.guessSeconds();
        setupSeconds += r.setupSeconds();
        solveSeconds += r.solveSeconds();
        switch (r.preparation()) {
            case BUILT -> {
                built++;
                leastSetup = Math.min(leastSetup, r.setupSeconds());
            }
            case REBUILT -> {
                rebuilt++;
                leastSetup = Math.min(leastSetup, r.setupSeconds());
            }
            case KEPT -> kept++;
            default -> {}
        }
        secondAttempts += r.attempts() - 1;
        if (r.converged() && r.attempts() == 1) {
            compare(r);
        }
    }

    private void compare(SystemRecord r) {
        double fromZero = r.iterationsFromZero();
        if (Double.isNaN(fromZero)) {
            fromZero = bare.value(); // the guess was the solution
        }
        if (r.guessResidual() < 1) {
            guessed++;
            double least = unguessed.count == 0 ? fromZero : Math.min(fromZero, unguessed.value());
            guessSaved += Math.max(0, least - r.iterations());
        } else {
            unguessed.add(r.iterations());
        }
        (r.recycled() > 0 ? recycling : bare).add(fromZero);
        (r.preparation() == Preparation.KEPT ? stale : fresh).add(fromZero);
    }

    void write(DataOutputStream out) throws IOException {
        for (int count : new int[] {systems, converged, built, rebuilt, kept, secondAttempts, guessed}) {
            out.writeInt(count);
        }
        for (long count : new long[] {
            iterations, operatorApplications, preconditionerApplications, guessApplications, refreshApplications
        }) {
            out.writeLong(count);
        }
        for (double amount : new double[] {guessSeconds, setupSeconds, solveSeconds, leastSetup, guessSaved}) {
            out.writeDouble(amount);
        }
        for (Mean mean : new Mean[] {unguessed, bare, recycling, fresh, stale}) {
            out.writeDouble(mean.sum);
            out.writeInt(mean.count);
        }
    }

    void read(DataInputStream in) throws IOException {
        systems = in.readInt();
        converged = in.readInt();
        built = in.readInt();
        rebuilt = in.readInt();
        kept = in.readInt();
        secondAttempts = in.readInt();
        guessed = in.readInt();
        iterations = in.readLong();
        operatorApplications = in.readLong();
        preconditionerApplications = in.readLong();
        guessApplications = in.readLong();
        refreshApplications = in.readLong();
        guessSeconds = in.readDouble();
        setupSeconds = in.readDouble();
        solveSeconds = in.readDouble();
        leastSetup = in.readDouble();
        guessSaved = in.readDouble();
        for (Mean mean : new Mean[] {unguessed, bare, recycling, fresh, stale}) {
            mean.sum = in.readDouble();
            mean.count = in.readInt();
        }
    }

    /** {@return the parts that had something to do} */
    public List<Saving> savings() {
        List<Saving> all = new ArrayList<>();
        double perIteration = iterations == 0
                ? 1
                : (double) (operatorApplications - guessApplications - refreshApplications) / iterations;
        double secondsPerProduct = solveSeconds / Math.max(1, operatorApplications - guessApplications);
        if (guessed > 0 || guessApplications > 0) {
            double saved = guessSaved * perIteration;
            all.add(new Saving(
                    "initial guess", guessed, saved, guessApplications, saved * secondsPerProduct, guessSeconds));
        }
        if (recycling.count > 0 || refreshApplications > 0) {
            double saved = 0.0 + (bare.value() - recycling.value()) * recycling.count * perIteration;
            all.add(new Saving(
                    "recycled space",
                    recycling.count,
                    saved,
                    refreshApplications,
                    saved * secondsPerProduct,
                    refreshApplications * secondsPerProduct));
        }
        if (kept > 0) {
            double setups = built + rebuilt == 0 ? 0 : kept * leastSetup; // the first ones warm up
            double more = Math.max(0, stale.value() - fresh.value()) * stale.count * perIteration;
            all.add(new Saving("preconditioner reuse", kept, 0, more, setups, more * secondsPerProduct));
        }
        return all;
    }

    /** {@return systems so far} */
    public int systems() {
        return systems;
    }

    /** {@return how many of them converged} */
    public int converged() {
        return converged;
    }

    /** {@return iterations of all solves} */
    public long iterations() {
        return iterations;
    }

    /** {@return products with A: of iterations, guesses, refreshes and verification} */
    public long operatorApplications() {
        return operatorApplications;
    }

    /** {@return applications of M⁻¹} */
    public long preconditionerApplications() {
        return preconditionerApplications;
    }

    /** {@return products with A spent on guesses} */
    public long guessApplications() {
        return guessApplications;
    }

    /** {@return products with A spent on renewing recycled spaces} */
    public long refreshApplications() {
        return refreshApplications;
    }

    /** {@return preconditioners built from scratch} */
    public int built() {
        return built;
    }

    /** {@return preconditioners rebuilt on a known pattern} */
    public int rebuilt() {
        return rebuilt;
    }

    /** {@return systems served by the preconditioner of an earlier one} */
    public int kept() {
        return kept;
    }

    /** {@return systems solved a second time without their stale parts} */
    public int secondAttempts() {
        return secondAttempts;
    }

    /** {@return seconds spent on guesses} */
    public double guessSeconds() {
        return guessSeconds;
    }

    /** {@return seconds spent on preconditioners and storage formats} */
    public double setupSeconds() {
        return setupSeconds;
    }

    /** {@return seconds of solves} */
    public double solveSeconds() {
        return solveSeconds;
    }

    /** {@return seconds of everything} */
    public double seconds() {
        return guessSeconds + setupSeconds + solveSeconds;
    }

    /** {@return a table for people} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(600);
        text.append(String.format(
                Locale.ROOT,
                "%d systems, %d converged; %d iterations, %d products with A; %.3g s: %.3g set-up, %.3g guess, %.3g solve%n",
                systems,
                converged,
                iterations,
                operatorApplications,
                seconds(),
                setupSeconds,
                guessSeconds,
                solveSeconds));
        text.append(
                String.format(Locale.ROOT, "preconditioner: %d built, %d rebuilt, %d kept%n", built, rebuilt, kept));
        List<Saving> savings = savings();
        if (!savings.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-22s %8s %14s %12s %12s %10s%n",
                    "part",
                    "systems",
                    "products saved",
                    "spent",
                    "s saved",
                    "s spent"));
            for (Saving s : savings) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-22s %8d %14.0f %12.0f %12.3g %10.3g%n",
                        s.part(),
                        s.systems(),
                        s.savedApplications(),
                        s.costApplications(),
                        s.savedSeconds(),
                        s.costSeconds()));
            }
            text.append("savings are estimates (see SequenceReport)");
        }
        return text.toString().stripTrailing();
    }
}
