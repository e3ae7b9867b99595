package dev.ritz.benchmarks.sequences;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.cli.SequenceArms;
import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.krylov.sequence.AdaptiveReuse;
import dev.ritz.krylov.sequence.AlwaysRebuild;
import dev.ritz.krylov.sequence.BestGuess;
import dev.ritz.krylov.sequence.EveryN;
import dev.ritz.krylov.sequence.Extrapolation;
import dev.ritz.krylov.sequence.HypredriveReuse;
import dev.ritz.krylov.sequence.InitialGuess;
import dev.ritz.krylov.sequence.KeepAlways;
import dev.ritz.krylov.sequence.PreviousSolution;
import dev.ritz.krylov.sequence.ProjectedGuess;
import dev.ritz.krylov.sequence.ReusePolicy;
import dev.ritz.krylov.sequence.ScaledPrevious;
import dev.ritz.krylov.sequence.SequenceSession;
import dev.ritz.krylov.sequence.ZeroGuess;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Milu0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.multigrid.Amg;
import java.util.List;
import java.util.Locale;

/**
 * How Ritz goes through a sequence.
 *
 * @param way how the systems are driven
 * @param method as in {@code gmres,30}, {@code gcro-dr,40,20}, {@code deflated-cg,8,20}; {@code choice}: the
 *     session chooses as {@code ritz sequence} does
 * @param preconditioner as in {@code ic0}, {@code relaxed-ic0,0.999}
 * @param guess as in {@code zero}, {@code extrapolation,1}, {@code projected,4}
 * @param reuse as in {@code rebuild}, {@code keep}, {@code adaptive}, {@code every,5}
 */
record Plan(Way way, String method, String preconditioner, String guess, String reuse) {
    private static final int CAP = 20_000;

    /** How the systems are driven. */
    enum Way {
        /** One after the other, each alone: no session, x₀ = 0, a preconditioner for each. */
        ALONE,
        /** A session is given the matrices and right-hand sides. */
        SESSION,
        /** Two workers, each with a session for its half of the order. */
        BATCH,
        /** A session is promised that A M⁻¹ stays the same. */
        PROMISED,
        /** A session is given the previous solution times the previous diagonal over the present one as a guess. */
        SCALED
    }

    /** Reads {@code "way method preconditioner [guess reuse]"}, the form of {@link #toString}. */
    static Plan of(String text) {
        List<String> words = List.of(text.split(" "));
        if (words.size() != 3 && words.size() != 5) {
            throw new IllegalArgumentException("a plan reads '" + text + "', expected 3 or 5 words");
        }
        Way way = Way.valueOf(words.get(0).toUpperCase(Locale.ROOT));
        return words.size() == 3
                ? new Plan(way, words.get(1), words.get(2), "zero", "rebuild")
                : new Plan(way, words.get(1), words.get(2), words.get(3), words.get(4));
    }

    @Override
    public String toString() {
        String text = way.name().toLowerCase(Locale.ROOT) + " " + method + " " + preconditioner;
        return guess.equals("zero") && reuse.equals("rebuild") ? text : text + " " + guess + " " + reuse;
    }

    /** A session for a sequence that begins with this matrix. */
    SequenceSession.Builder session(double rtol, CsrMatrix first) {
        return (method.equals("choice")
                        ? SequenceSession.builder(SequenceArms.of(criteria(rtol), first))
                        : SequenceSession.builder(solver(rtol), factory()))
                .guess(initialGuess())
                .reuse(policy());
    }

    /** A session on one thread. */
    SequenceSession.Builder worker(double rtol, CsrMatrix first) {
        return session(rtol, first).pool(WorkerPool.of(1));
    }

    private static StoppingCriteria criteria(double rtol) {
        return StoppingCriteria.DEFAULT.withRtol(rtol).withMaxIterations(CAP);
    }

    IterativeSolver<?> solver(double rtol) {
        StoppingCriteria criteria = criteria(rtol);
        String[] words = method.split(",");
        return switch (words[0]) {
            case "cg" -> new Cg(criteria);
            case "deflated-cg" -> new RecyclingCg(criteria, number(words, 1), number(words, 2));
            case "bicgstab" -> new BiCgStab(criteria);
            case "gmres" -> new Gmres(criteria, number(words, 1));
            case "choice" -> new Cg(criteria); // one of them
            case "gcro-dr" -> new GcroDr(criteria, number(words, 1), number(words, 2), false);
            default -> throw new IllegalArgumentException("method = " + method);
        };
    }

    PreconditionerFactory factory() {
        String[] words = preconditioner.split(",");
        return switch (words[0]) {
            case "-", "jacobi" -> new Jacobi();
            case "ic0" -> new Ic0();
            case "relaxed-ic0" -> words.length > 1 ? new RelaxedIc0(Double.parseDouble(words[1])) : new RelaxedIc0();
            case "ilu0" -> new Ilu0();
            case "milu0" -> new Milu0();
            case "amg" -> words.length > 1 ? new Amg().withCoarseSize(number(words, 1)) : new Amg();
            case "milu0-float" -> new Milu0(0.99, Precision.FLOAT);
            default -> throw new IllegalArgumentException("preconditioner = " + preconditioner);
        };
    }

    private InitialGuess initialGuess() {
        String[] words = guess.split(",");
        return switch (words[0]) {
            case "zero" -> new ZeroGuess();
            case "previous" -> new PreviousSolution();
            case "scaled" -> new ScaledPrevious();
            case "best" -> new BestGuess();
            case "extrapolation" -> new Extrapolation(number(words, 1));
            case "projected" -> new ProjectedGuess(number(words, 1));
            default -> throw new IllegalArgumentException("guess = " + guess);
        };
    }

    private ReusePolicy policy() {
        String[] words = reuse.split(",");
        return switch (words[0]) {
            case "rebuild" -> new AlwaysRebuild();
            case "keep" -> new KeepAlways();
            case "adaptive" -> new AdaptiveReuse();
            case "hypredrive" -> new HypredriveReuse();
            case "every" -> new EveryN(number(words, 1));
            default -> throw new IllegalArgumentException("reuse = " + reuse);
        };
    }

    private static int number(String[] words, int at) {
        if (words.length <= at) {
            throw new IllegalArgumentException(words[0] + " lacks number " + at);
        }
        return Integer.parseInt(words[at]);
    }
}
