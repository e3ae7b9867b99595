package dev.ritz.benchmarks.rivals;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.preconditioners.ordering.ReverseCuthillMcKee;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A system that every contender solves.
 *
 * @param name what the results call it
 * @param symmetric whether it is symmetric positive definite; the methods depend on it
 * @param family where it comes from; the targets depend on it
 * @param generator makes the system, the same at every call
 */
record TestProblem(String name, boolean symmetric, Family family, Supplier<LinearSystem> generator) {

    /** Where a problem comes from. */
    enum Family {
        /** Differences on a grid, numbered in its order. */
        GRID,
        /** Finite elements, on a mesh or on squares. */
        ELEMENTS,
        /** A matrix from a file. */
        FILE,
        /** As small as a system in a time step may be. */
        SMALL
    }

    private static final long SEED = 20_261;
    /** Time step times diffusion over h²: an implicit step moves heat by a few cells. */
    private static final double COURANT = 10;

    /** {@return the problems that need no files, the small ones last} */
    static List<TestProblem> generated() {
        List<TestProblem> all = new ArrayList<>();
        all.add(gallery("poisson2d", 512, true, Family.GRID));
        all.add(gallery("poisson3d", 64, true, Family.GRID));
        all.add(gallery("poisson3d", 100, true, Family.GRID));
        all.add(gallery("poisson3d", 128, true, Family.GRID));
        all.add(gallery("jump3d", 100, true, Family.GRID));
        all.add(gallery("lognormal2d", 512, true, Family.GRID));
        all.add(gallery("convection-diffusion3d", 64, false, Family.GRID));
        all.add(gallery("convection-diffusion3d", 100, false, Family.GRID));
        all.add(ordered("fem2d", 400));
        all.add(renamed("fem2d-400-random", gallery("fem2d", 400, true, Family.ELEMENTS)));
        all.add(ordered("fem2d", 1000));
        all.add(renamed("fem2d-1000-random", gallery("fem2d", 1000, true, Family.ELEMENTS)));
        all.add(gallery("elasticity2d", 300, true, Family.ELEMENTS));
        for (int side : new int[] {10, 32, 100}) {
            all.add(new TestProblem("heat2d-" + side, true, Family.SMALL, () -> heat(side)));
            all.add(gallery("convection-diffusion2d", side, false, Family.SMALL));
        }
        return all;
    }

    /**
     * The real matrices of a folder, those that are there.
     *
     * @param folder a folder of Matrix Market files, or null
     * @return a problem for each file found
     */
    static List<TestProblem> fromFiles(Path folder) {
        List<TestProblem> all = new ArrayList<>();
        if (folder != null) {
            addFile(all, folder, "bcsstk16.mtx.gz", null, true);
            addFile(all, folder, "wathenSmall.mtx.gz", null, true);
            addFile(all, folder, "lsc_F_2.mtx.gz", null, true);
            addFile(all, folder, "sherman5.mtx", "sherman5_b.mtx", false);
            addFile(all, folder, "add32.mtx", null, false);
            addFile(all, folder, "orsirr_1.mtx", null, false);
        }
        return all;
    }

    private static void addFile(List<TestProblem> all, Path folder, String file, String rhs, boolean symmetric) {
        if (Files.isReadable(folder.resolve(file))) {
            String name = file.substring(0, file.indexOf(".mtx"));
            all.add(new TestProblem(name, symmetric, Family.FILE, () -> read(name, folder, file, rhs)));
        }
    }

    private static TestProblem gallery(String problem, int size, boolean symmetric, Family family) {
        return new TestProblem(
                problem + "-" + size,
                symmetric,
                family,
                () -> withRandomRhs(Gallery.problem(problem).generate(size, SEED)));
    }

    /** The right-hand sides of the model problems are smooth, some of them eigenvectors: nothing for CG to do. */
    static LinearSystem withRandomRhs(LinearSystem s) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] b = new double[s.size()];
        for (int i = 0; i < b.length; i++) {
            b[i] = 2 * random.nextDouble() - 1;
        }
        return new LinearSystem(s.name(), s.a(), b, null, s.description());
    }

    private static TestProblem renamed(String name, TestProblem other) {
        return new TestProblem(name, other.symmetric, other.family, other.generator);
    }

    /** A problem of the gallery whose unknowns come in random order, put into reverse Cuthill-McKee order. */
    private static TestProblem ordered(String problem, int size) {
        TestProblem random = gallery(problem, size, true, Family.ELEMENTS);
        return new TestProblem(problem + "-" + size + "-ordered", true, Family.ELEMENTS, () -> {
            LinearSystem s = random.generator.get();
            int[] order = ReverseCuthillMcKee.order(s.a().pattern());
            double[] b = new double[order.length];
            for (int i = 0; i < b.length; i++) {
                b[i] = s.b()[order[i]];
            }
            return new LinearSystem(s.name(), s.a().permute(order), b, null, s.description());
        });
    }

    /** An implicit Euler step of the heat equation: (I + τ A) u = u₀ with A of Poisson's equation. */
    private static LinearSystem heat(int side) {
        LinearSystem poisson = Gallery.problem("poisson2d").generate(side, SEED);
        double scale = COURANT / poisson.a().diagonal()[0];
        CsrMatrix a = poisson.a().plus(scale, 1, CsrMatrix.identity(poisson.size()));
        return withRandomRhs(
                new LinearSystem("heat2d-" + side, a, poisson.b(), null, "an implicit step of the heat equation"));
    }

    private static LinearSystem read(String name, Path folder, String file, String rhs) {
        try {
            CsrMatrix a = MatrixMarket.read(folder.resolve(file));
            double[] b = new double[a.rows()];
            if (rhs == null) {
                double[] ones = new double[a.cols()];
                Arrays.fill(ones, 1);
                a.apply(ones, b); // b ← A 1
            } else {
                b = MatrixMarket.readVector(folder.resolve(rhs));
            }
            return new LinearSystem(name, a, b, null, "a matrix from a file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the systems for programs that are not on the JVM: NAME.mtx, NAME_b.mtx and a table problems.tsv.
     *
     * @param problems which
     * @param folder where to, made if need be
     * @throws IOException when a file cannot be written
     */
    static void export(List<TestProblem> problems, Path folder) throws IOException {
        Objects.requireNonNull(folder, "folder");
        Files.createDirectories(folder);
        StringBuilder table = new StringBuilder("name\tkind\tfamily\tn\tnnz\n");
        for (TestProblem problem : problems) {
            Path file = folder.resolve(problem.name + ".mtx");
            LinearSystem s = problem.generator.get();
            MatrixMarket.writeVector(folder.resolve(problem.name + "_b.mtx"), s.b());
            MatrixMarket.write(file, s.a());
            table.append(String.join(
                            "\t",
                            problem.name,
                            problem.symmetric ? "spd" : "general",
                            problem.family.name(),
                            Integer.toString(s.size()),
                            Integer.toString(s.a().nnz())))
                    .append('\n');
            System.out.println("exported " + problem.name);
        }
        Files.writeString(folder.resolve("problems.tsv"), table);
    }
}
