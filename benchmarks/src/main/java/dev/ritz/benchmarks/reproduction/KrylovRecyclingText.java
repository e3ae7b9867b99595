package dev.ritz.benchmarks.reproduction;

/** What the page says around its tables. */
final class KrylovRecyclingText {
    static final String INTRODUCTION = """
            # Krylov recycling for training data

            Wang, Hao, Wang, Geng, Wang, Li and Wu, *Accelerating Data Generation for Neural Operators via Krylov Subspace
            Recycling*, ICLR 2024 ("SKR"), claims up to 13.9 times less time and 30 times fewer iterations than restarted
            GMRES on systems from random fields, by sorting them and recycling with GCRO-DR. This page repeats the iteration
            counts and takes the gain apart. Made by `dev.ritz.benchmarks.reproduction.KrylovRecycling`, %s.%s

            ```
            mvn -q package -DskipTests
            java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.ritz.benchmarks.reproduction.KrylovRecycling
            ```

            ![mean iterations of a system, the paper's and ours](krylov-recycling.png)

            ## The paper's means

            As the paper's code has it: its stencil, including a mistake in it (below); zero initial guess; preconditioned
            from the left, so that the test is ‖M⁻¹(b − A x)‖₂ ≤ rtol ‖M⁻¹ b‖₂; GCRO-DR(40, 20), where 40 is the whole space;
            systems in the order of greedy nearest neighbours. The paper means 100 systems of fields whose random numbers are
            not known; ours are other fields of the same distribution. Its label n counts the points with their rim: 2500 has
            2304 unknowns, 6400 has 6084, 10000 has 9604. GMRES(40) runs on the first 40 systems; what is not solved in 10,000
            iterations is charged with them. The paper's counts leave out what the column of products has: those of a
            system in all, with the 20 that renew the recycled space and those of the residuals.

            """;

    static final String GAIN = """

            Part of the GMRES runs end at the cap, the more the larger the systems, and the rest of their counts lie between
            hundreds and thousands: the ratio to GMRES is mostly that of the cap to the counts of GCRO-DR and says little.
            With ILU, PETSc's GMRES takes more iterations than ours, for a reason we have not found (it orthogonalises once,
            ours twice). The random numbers decide a few per cent of the means of GCRO-DR.

            ## What the gain consists of

            Label 2500, rtol 1e-8, left preconditioning. The mistake: the coefficient of the upper neighbour is read two
            entries too early, which makes the matrices indefinite in effect and lets GMRES(40) stall. Every line below
            GMRES(40) is free of its restarts' amnesia; only the last two recycle between systems.

            """;

    static final String SYMMETRIC = """

            - As published, most of the gain over GMRES(40) comes from deflated restarts *within* a system: GCRO-DR that
              forgets everything between systems has it. Recycling between systems takes off a tenth to a fifth of what is
              left, sorting another three or four in a hundred.
            - The renewed space costs 20 products a system. With ILU they eat the gain: recycled systems take more products
              than systems alone. Without a preconditioner 6 % of the products remain as published, 30 % corrected.
            - Without the mistake GMRES(40) does not stall, and the 20 to 25 times become about 3 in iterations without a
              preconditioner, and nothing in products with ILU.
            - Without the mistake and with Jacobi from the left the recycled space even hurts. The matrices are A = L D, a
              Laplacian with scaled columns, so M⁻¹ A = ¼ D⁻¹ L D has the same eigenvalues in all systems, while D changes the
              eigenvectors, and with them the space. From the right A M⁻¹ = ¼ L is one operator, and all systems are the
              same: see [sequences](../benchmarks/sequences.md).

            ## Symmetric data

            The same fields with a flux stencil (harmonic means), symmetric positive definite, as one would discretise the
            equation. Preconditioned from the right (CG: symmetrically), rtol 1e-8 of the true residual. CG has the short
            recurrence that GMRES lacks and none of its restarts; it is what recycling has to be measured by here. Deflated
            CG takes off a third of its products without a preconditioner and a quarter with IC(0).

            """;

    static final String DETERMINISTIC = """

            ## Sequences without randomness

            Ten systems of a coefficient that drifts (48 × 48 interior points, see `DriftingSequences`), preconditioned from
            the right, rtol 1e-8. "Independent" are the sums of an implementation of the same algorithms in C, written
            apart from this one; counts exclude the products that renew spaces, 20 a system in GCRO-DR.

            """;

    static final String REMARKS = """

            ## Not compared

            - The paper's δ. Its theory has δ = ‖(I − Π_C) Π_Q‖₂, the sine of the largest angle between an invariant space and
              the recycled one. What its code computes for the ablation (0.90 and 0.95) is another number: the sine of the
              *smallest* angle between pairs of the three lowest eigenvectors of neighbouring matrices, averaged. It says
              nothing about the bound.
            - Times. The paper's are those of 72 processes; ours would be those of one JVM.
            - BJacobi, ASM and SOR in blocks of 72 processes, and the thermal and Poisson sets, whose meshes were not published;
              those matrices are the same for all systems, so that only right-hand sides change.
            """;

    private KrylovRecyclingText() {}
}
