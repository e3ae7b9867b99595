package dev.ritz.benchmarks;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.Idr;
import dev.ritz.preconditioners.BlockJacobi;
import dev.ritz.preconditioners.Fsai;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ick;
import dev.ritz.preconditioners.Ict;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Iluk;
import dev.ritz.preconditioners.Ilut;
import dev.ritz.preconditioners.Ilutp;
import dev.ritz.preconditioners.Isai;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Milu0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.Spai;
import dev.ritz.preconditioners.Spai0;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.preconditioners.ordering.Matched;
import dev.ritz.preconditioners.ordering.Ordering;
import dev.ritz.preconditioners.ordering.Reordered;
import dev.ritz.preconditioners.ordering.Scaled;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.preconditioners.polynomial.GmresPolynomial;
import java.time.Duration;
import java.util.List;

/**
 * A preconditioner with options, and what solves with it.
 *
 * @param method its name, empty for CG or GMRES by the kind of the preconditioner
 * @param preconditioner its name and options
 * @param factory makes it
 */
record Candidate(String method, String preconditioner, PreconditionerFactory factory) {
    static final StoppingCriteria CRITERIA =
            StoppingCriteria.DEFAULT.withMaxIterations(3000).withTimeLimit(Duration.ofSeconds(2));

    /** The basis of GMRES may take this much memory … */
    private static final long BASIS_BYTES = 256L << 20;

    private static final int RESTART = 200;
    /** Without factors convergence is slow, and short cycles would stall. */
    private static final int LONG_RESTART = 2000;

    /** What came of it: a word, and where it converged in that sense seconds, iterations and the residual. */
    record Trial(
            Candidate candidate,
            String method,
            String outcome,
            double setUp,
            double solve,
            int iterations,
            double residual) {
        static final String SOLVED = "solved";

        boolean solved() {
            return outcome.equals(SOLVED);
        }

        /** Whether the factory was made for such a matrix at all. */
        boolean applicable() {
            return !outcome.equals("-");
        }

        double seconds() {
            return setUp + solve;
        }

        String name() {
            return method + " + " + candidate.preconditioner();
        }
    }

    /** {@return all that are tried; one more is one more line} */
    static List<Candidate> all() {
        return List.of(
                of("none", new Identity()),
                of("Jacobi", new Jacobi()),
                of("BlockJacobi(4)", new BlockJacobi()),
                of("Ssor(1)", new Ssor()),
                of("Ic0", new Ic0()),
                of("RelaxedIc0(0.99)", new RelaxedIc0()),
                of("RelaxedIc0(0.9)", new RelaxedIc0(0.9)),
                of("Ick(1)", new Ick(1)),
                of("Ick(1, 0.97)", new Ick(1, 0.97, Precision.DOUBLE)),
                of("Ick(3)", new Ick(3)),
                of("Ict(1e-3, 10)", new Ict()),
                of("Ict(1e-5, 50)", new Ict(1e-5, 50)),
                of("Scaled(Ic0)", new Scaled(new Ic0())),
                of("Reordered(Ict(1e-3, 10))", new Reordered(new Ict())),
                of("Fsai(1)", new Fsai()),
                of("Fsai(3)", new Fsai(3)),
                of("Amg", new Amg()),
                of("Chebyshev(4)", new Chebyshev()),
                of("GmresPolynomial(25)", new GmresPolynomial()),
                of("Ilu0", new Ilu0()),
                of("Milu0(0.99)", new Milu0()),
                of("Iluk(1)", new Iluk(1)),
                of("Iluk(3)", new Iluk(3)),
                of("Ilut(1e-3, 10)", new Ilut()),
                of("Ilut(1e-5, 50)", new Ilut(1e-5, 50)),
                of("Ilutp(1e-3, 10)", new Ilutp()),
                of("Ilutp(1e-5, 50)", new Ilutp(1e-5, 50)),
                of("Scaled(Ilu0)", new Scaled(new Ilu0())),
                of("Scaled(Ilut(1e-3, 10))", new Scaled(new Ilut())),
                of("Reordered(Ilut(1e-3, 10))", new Reordered(new Ilut())),
                of("Reordered(Ict(1e-3, 10), minimum degree)", new Reordered(new Ict(), Ordering.MINIMUM_DEGREE)),
                of("Reordered(Ilut(1e-3, 10), minimum degree)", new Reordered(new Ilut(), Ordering.MINIMUM_DEGREE)),
                of("Matched(Jacobi)", new Matched(new Jacobi())),
                of("Matched(Ilu0)", new Matched(new Ilu0())),
                of("Matched(Iluk(1))", new Matched(new Iluk(1))),
                of("Matched(Ilut(1e-3, 10))", new Matched(new Ilut())),
                of("Matched(Ilutp(1e-3, 10))", new Matched(new Ilutp())),
                of("Matched(Ilutp(1e-5, 50))", new Matched(new Ilutp(1e-5, 50))),
                of(
                        "Matched(Reordered(Ilutp(1e-5, 50), minimum degree))",
                        new Matched(new Reordered(new Ilutp(1e-5, 50), Ordering.MINIMUM_DEGREE), false)),
                of("Isai(1)", new Isai()),
                of("Spai(1)", new Spai()),
                of("Spai0", new Spai0()),
                new Candidate("BiCgStab", "Ilu0", new Ilu0()),
                new Candidate("BiCgStab", "Ilut(1e-3, 10)", new Ilut()),
                new Candidate("BiCgStab", "Matched(Ilutp(1e-3, 10))", new Matched(new Ilutp())),
                new Candidate("Idr(4)", "Ilu0", new Ilu0()),
                new Candidate("Idr(4)", "Matched(Ilutp(1e-3, 10))", new Matched(new Ilutp())),
                new Candidate("long GMRES", "none", new Identity()),
                new Candidate("long GMRES", "Jacobi", new Jacobi()),
                new Candidate("long GMRES", "Matched(Jacobi)", new Matched(new Jacobi())));
    }

    private static Candidate of(String preconditioner, PreconditionerFactory factory) {
        return new Candidate("", preconditioner, factory);
    }

    /** Builds and solves from x = 0. */
    Trial trial(CsrMatrix a, boolean definite, double[] b) {
        long t0 = System.nanoTime();
        Preconditioner m;
        try {
            m = factory.build(a);
        } catch (IllegalArgumentException e) { // made for symmetric matrices only
            return new Trial(this, method, "-", 0, 0, 0, Double.NaN);
        } catch (BuildException e) {
            return new Trial(this, method, e.reason().name(), 0, 0, 0, Double.NaN);
        }
        IterativeSolver<?> solver = solver(m, definite, a.rows());
        long t1 = System.nanoTime();
        SolveResult result = solver.solve(a, m, b);
        long t2 = System.nanoTime();
        double residual = Pairing.relativeResidual(a, b, result.iterate());
        // the solver's own sum may differ from this one in the last digits
        boolean solved = result.converged() && residual <= 1e-8 * (1 + 1e-6);
        return new Trial(
                this,
                method(solver),
                solved ? Trial.SOLVED : result.cause().name(),
                (t1 - t0) * 1e-9,
                (t2 - t1) * 1e-9,
                result.report().iterations(),
                residual);
    }

    private IterativeSolver<?> solver(Preconditioner m, boolean definite, int n) {
        return switch (method) {
            case "" -> Pairing.method(m, definite, restart(n, RESTART), CRITERIA);
            case "BiCgStab" -> new BiCgStab(CRITERIA);
            case "Idr(4)" -> new Idr(CRITERIA, 4, 1);
            case "long GMRES" -> new Gmres(CRITERIA, restart(n, LONG_RESTART));
            default -> throw new IllegalStateException(method);
        };
    }

    private static int restart(int n, int most) {
        long fits = BASIS_BYTES / (8L * Math.max(1, n));
        return (int) Math.max(1, Math.min(Math.min(n, most), Math.max(20, fits)));
    }

    private static String method(IterativeSolver<?> solver) {
        return solver instanceof Gmres g ? "Gmres(" + g.restart() + ")" : solver.name();
    }
}
