package dev.ritz.benchmarks.sequences;

/** What the page says around its tables. */
final class SequenceText {
    static final String INTRODUCTION = """
            # Sequences of systems

            %s. Made by `dev.ritz.benchmarks.sequences.SequenceBenchmark`.

            ![seconds per system of each sequence and contender](sequences.png)

            Every system is solved to ‖b − A x‖₂ ≤ 1e-8 ‖b‖₂, recomputed outside of what is timed; a library that stops
            earlier is given a smaller tolerance until that holds for all systems. Seconds are those of all systems,
            set-up included, the median of the later half of the runs through the sequence; each contender has a process
            of its own; cold is its first run. Products are all products with A: iterations, initial guesses, renewed
            spaces and verification. Systems of independent fields are sorted by greedy nearest neighbours, for all
            contenders alike.

            Ways of Ritz: *alone* solves each system from x = 0 with a preconditioner built on the known pattern, in one
            work space; *session* is a `SequenceSession` that sees matrices and right-hand sides and no more; *batch* a
            `SequenceBatch` with two workers of one thread each; *promised* a session that is told that A M⁻¹ stays the
            same; *scaled* a session that is given x = D⁻¹ D₀ x₀ as a guess, with the diagonals of the matrices and the
            solution before. PETSc and Eigen use one process and one thread; PETSc's GMRES and BiCGStab are preconditioned
            from the right. SciPy's `gcrotmk` with m = k = 20 takes its space from system to system.

            ```
            mvn -q package -DskipTests
            java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.ritz.benchmarks.sequences.SequenceBenchmark --export FOLDER
            benchmarks/sequences/run.sh FOLDER
            java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.ritz.benchmarks.sequences.SequenceBenchmark --native FOLDER/native.jsonl
            ```

            """;

    static final String TARGETS = """
            Ratios above 1 are in favour of Ritz. Rows with "same M" take the preconditioner that suits the claim best. The
            session without knowledge and the one that is told are listed apart, for the reason below. The overhead is that
            of 40 systems, CG with IC(0), zero guess and a preconditioner for each; making the session is part of it.
            """;

    private SequenceText() {}

    /** {@return what is particular about a sequence} */
    static String about(String sequence) {
        return switch (sequence) {
            case "darcy-scaled" -> """
                    This family is degenerate. With D = diag(a) the matrix is A = L D, a constant Laplacian with scaled
                    columns, and b is constant: D x is the same for all systems. So A M⁻¹ is one operator for Jacobi and for
                    ILU(0), ILU(0) of L D being that of L times D, and a guess with rescaled unknowns leaves nothing to do
                    but to verify it. A caller who knows that should say so; what it gains is no measure of recycling.
                    """;
            case "darcy-flux" -> """
                    Independent fields: neighbours in sorted order differ by half of their norm, and no guess lowers the
                    residual by more than half an order. What is left to learn is the space of the slow directions.
                    A session that chooses by itself (choice) stays with what suits the first matrix: no other
                    configuration could save enough on so short a sequence.
                    """;
            case "thermal-wind" -> """
                    Four conductivities drawn anew for each system. A relaxed incomplete factorisation needs so few
                    iterations that neither space nor guess repays its products.
                    """;
            case "heat" -> """
                    The grid of fixed configurations around which an automatic choice has to find its way: the second
                    column of figures is how far each is from the best of them.
                    Choice is the session that is told nothing.
                    """;
            default -> "";
        };
    }
}
