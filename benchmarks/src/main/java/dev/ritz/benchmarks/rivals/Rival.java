package dev.ritz.benchmarks.rivals;

import dev.ritz.testdata.LinearSystem;
import java.util.List;

/** A library on the JVM that solves sparse systems; Ritz is one of them. */
interface Rival {

    /** {@return the library's name} */
    String name();

    /** {@return the version measured} */
    String version();

    /**
     * What the library can do for a class of systems, its best settings only.
     *
     * @param problem the system
     * @return methods with preconditioners, none where it has nothing to offer
     */
    List<Pairing> pairings(TestProblem problem);

    /**
     * Brings a system into the library's own form. Not timed: a user of the library would have assembled it there.
     *
     * @param system the system
     * @param pairing one of {@link #pairings}
     * @return what is timed
     */
    Contest prepare(LinearSystem system, Pairing pairing);

    /**
     * A method and a preconditioner, in the names all contenders share.
     *
     * @param method cg, bicgstab, gmres, or a factorisation
     * @param preconditioner jacobi, ic0, ilu0 and so on, none for a factorisation
     */
    record Pairing(String method, String preconditioner) {

        /** {@return the pairing for people} */
        String text() {
            return preconditioner.equals("none") ? method : method + " + " + preconditioner;
        }
    }

    /** One system in the library's form. Each set-up starts from the matrix; vectors to work in are kept. */
    interface Contest {

        /** Builds what depends on the matrix: storage, preconditioner or factor; the first time the work space as well. */
        void setUp();

        /**
         * Solves from x₀ = 0, with what the last set-up built.
         *
         * @param rtol the tolerance in the library's own norm
         * @return iterations, 0 for a factorisation, −1 where the library does not say
         * @throws FailedException when the library gives up
         */
        int solve(double rtol) throws FailedException;

        /** {@return the solution of the last solve} */
        double[] solution();
    }

    /** The library gave up. */
    final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * A failed solve.
         *
         * @param message what the library said
         */
        FailedException(String message) {
            super(message);
        }
    }

    /** {@return all libraries, Ritz first} */
    static List<Rival> all() {
        return List.of(
                new RitzRival(),
                new MtjRival(),
                new CommonsMathRival(),
                new HipparchusRival(),
                new OjAlgoRival(),
                new EjmlRival());
    }
}
