package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.FieldSequences;
import dev.ritz.testdata.SequenceSystem;
import java.util.List;
import java.util.Locale;

/**
 * One line of the paper's tables: mean iterations of GMRES and of SKR.
 *
 * @param equation Darcy or Helmholtz
 * @param label n as the paper counts it, s²
 * @param preconditioner None, Jacobi or ILU
 * @param rtol of the preconditioned residual
 * @param gmres the paper's mean for GMRES
 * @param skr the paper's mean for SKR
 * @param allowed how far ours may be off the paper's, a share
 */
record RecyclingCase(
        String equation, int label, String preconditioner, double rtol, int gmres, int skr, double allowed) {

    /** {@return all lines, the smallest systems first} */
    static List<RecyclingCase> all() {
        return List.of(
                new RecyclingCase("Darcy", 2500, "None", 1e-2, 2575, 131, 0.05),
                new RecyclingCase("Darcy", 2500, "None", 1e-5, 3983, 183, 0.05),
                new RecyclingCase("Darcy", 2500, "None", 1e-8, 4963, 227, 0.05),
                new RecyclingCase("Darcy", 2500, "Jacobi", 1e-2, 2357, 110, 0.05),
                new RecyclingCase("Darcy", 2500, "Jacobi", 1e-5, 3407, 152, 0.05),
                new RecyclingCase("Darcy", 2500, "Jacobi", 1e-8, 4192, 187, 0.05),
                new RecyclingCase("Darcy", 2500, "ILU", 1e-5, 199, 42, 0.05),
                new RecyclingCase("Darcy", 2500, "ILU", 1e-8, 261, 51, 0.05),
                new RecyclingCase("Helmholtz", 2500, "None", 1e-5, 3999, 185, 0.05),
                new RecyclingCase("Darcy", 6400, "None", 1e-5, 8193, 387, 0.05),
                new RecyclingCase("Darcy", 6400, "Jacobi", 1e-8, 8622, 376, 0.05),
                new RecyclingCase("Darcy", 10000, "None", 1e-5, 9375, 682, 0.1),
                new RecyclingCase("Darcy", 10000, "Jacobi", 1e-5, 8987, 477, 0.1),
                new RecyclingCase("Darcy", 10000, "ILU", 1e-5, 2995, 123, 0.1),
                new RecyclingCase("Helmholtz", 10000, "None", 1e-7, 9713, 710, 0.1),
                new RecyclingCase("Helmholtz", 10000, "Jacobi", 1e-7, 9430, 521, 0.1),
                new RecyclingCase("Helmholtz", 10000, "ILU", 1e-7, 4401, 157, 0.1));
    }

    /** {@return the systems as the paper's code makes them, unsorted} */
    List<SequenceSystem> systems(int count, long seed) {
        int s = (int) Math.round(Math.sqrt(label));
        FieldSequences.Stencil stencil = FieldSequences.Stencil.PUBLISHED;
        return (equation.equals("Darcy")
                        ? FieldSequences.darcy(s, count, stencil, seed)
                        : FieldSequences.helmholtz(s, count, stencil, 1, seed))
                .toList();
    }

    PreconditionerFactory factory() {
        return factory(preconditioner);
    }

    static PreconditionerFactory factory(String name) {
        return switch (name) {
            case "None" -> new Identity();
            case "Jacobi" -> new Jacobi();
            case "ILU" -> new Ilu0();
            default -> throw new IllegalArgumentException("preconditioner = " + name);
        };
    }

    String title() {
        return equation + " " + label + ", " + preconditioner + ", " + String.format(Locale.ROOT, "%.0e", rtol);
    }
}
