package dev.ritz.cli;

import static dev.ritz.cli.Shell.ritz;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.Gallery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultChoiceTest {
    private static final long GIGABYTE = 1L << 30;

    @TempDir
    Path dir;

    private static List<String> pairs(double[]... rows) {
        return pairs(CsrMatrix.fromDense(rows));
    }

    private static List<String> pairs(CsrMatrix a) {
        return DefaultChoice.plans(MatrixTraits.of(a), GIGABYTE).stream()
                .map(p -> (p.negate() ? "-" : "") + p.method() + "/" + p.preconditioner()
                        + p.preconditionerSettings().values())
                .toList();
    }

    @Test
    void aSymmetricMatrixWithAPositiveDiagonalStartsWithCg() {
        assertThat(pairs(new double[] {2, 1}, new double[] {1, 2}))
                .containsExactly(
                        "cg/ic0[]",
                        "gmres/ilu0[]",
                        "gmres/matched[ilu0]",
                        "gmres/matched[ilutp, 1e-5, 50]",
                        "gmres/matched[jacobi]",
                        "gmres/none[]");
        assertThat(DefaultChoice.plans(MatrixTraits.of(CsrMatrix.identity(1000)), 4_000_000))
                .as("no room for the fill")
                .noneMatch(p -> p.preconditionerSettings().containsValue("ilutp"));
    }

    @Test
    void aNegativeDiagonalIsTurnedAround() {
        assertThat(pairs(new double[] {-2, 1}, new double[] {1, -2})).startsWith("-cg/ic0[]", "gmres/ilu0[]");
    }

    @Test
    void largeDiffusionStartsWithMultigrid() {
        CsrMatrix plane = Gallery.problem("poisson2d").generate(224, 1).a();
        assertThat(pairs(plane)).startsWith("cg/amg[]", "cg/ic0[]", "gmres/ilu0[]");
        assertThat(pairs(plane.plus(-1, 0, plane))).startsWith("-cg/amg[]", "-cg/ic0[]");
        assertThat(pairs(Gallery.problem("fem2d").generate(230, 1).a())).startsWith("cg/amg[]");
        assertThat(pairs(Gallery.problem("jump3d").generate(60, 1).a())).startsWith("cg/amg[]");
        assertThat(pairs(Gallery.problem("poisson2d").generate(200, 1).a()))
                .as("small")
                .startsWith("cg/ic0[]");
        CsrMatrix step = plane.plus(1, plane.diagonal()[0], CsrMatrix.identity(plane.rows()));
        assertThat(pairs(step)).as("a time step").startsWith("cg/ic0[]");
        assertThat(pairs(Gallery.problem("elasticity2d").generate(170, 1).a()))
                .as("entries of both signs")
                .startsWith("cg/ic0[]");
    }

    @Test
    void asymmetryBeyondRoundingMeansGmres() {
        assertThat(pairs(new double[] {2, 1}, new double[] {1 + 1e-9, 2})).startsWith("gmres/ilu0[]");
        assertThat(pairs(new double[] {2, 1}, new double[] {1 + 1e-15, 2})).startsWith("cg/ic0[]");
        assertThat(pairs(new double[] {2, Double.NaN}, new double[] {1, 2})).startsWith("gmres/ilu0[]");
    }

    @Test
    void aWeakDiagonalMeansMatching() {
        assertThat(pairs(new double[] {0, 1}, new double[] {2, 1}))
                .startsWith("gmres/matched[ilu0]", "gmres/matched[ilutp, 1e-5, 50]", "gmres/matched[jacobi]");
        assertThat(pairs(new double[] {1e-9, 1}, new double[] {2, 1}))
                .startsWith("gmres/matched[ilu0]", "gmres/ilu0[]");
    }

    @Test
    void theBasisFitsIntoMemory() {
        assertThat(DefaultChoice.restart(0, 200, GIGABYTE)).isEqualTo(1);
        assertThat(DefaultChoice.restart(50, 200, GIGABYTE)).isEqualTo(50);
        assertThat(DefaultChoice.restart(100_000, 200, GIGABYTE)).isEqualTo(200);
        assertThat(DefaultChoice.restart(1_000_000, 200, GIGABYTE)).isEqualTo(33);
        assertThat(DefaultChoice.restart(100_000_000, 200, GIGABYTE)).isEqualTo(20);
        assertThat(DefaultChoice.restart(100_000, 2000, GIGABYTE)).isEqualTo(335);
        assertThat(DefaultChoice.restart(100_000, 200, 64 << 20)).isEqualTo(20);
    }

    @Test
    void aPlanTellsTheOptionsThatAskForTheSame() {
        Plan plan = Plan.of("gmres", "matched", "why")
                .withMethodSetting("restart", 7)
                .withPreconditionerSetting("inner", "ilu0");
        assertThat(plan.options()).isEqualTo("-m gmres --set restart=7 -p matched --set p.inner=ilu0");
    }

    @Test
    void limitsHoldForAllAttemptsTogether() {
        double[][] indefinite = {{1, 2, 0, 0}, {2, 1, 2, 0}, {0, 2, 1, 2}, {0, 0, 2, 1}};
        Path a = Shell.matrix(dir, "a.mtx", indefinite);
        for (int limit = 0; limit < 4; limit++) {
            Shell run = ritz("solve", "-A", a, "--rhs", "random", "--json", "-", "--max-iterations", limit);
            Map<String, Object> json = Json.object(run.out());
            assertThat((long) json.get("iterations")).isLessThanOrEqualTo(limit);
            assertThat(run.code()).isIn(0, 4);
        }
    }

    @Test
    void theIterateWithTheSmallestResidualIsGivenBack() {
        double[][] singular = {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}};
        Shell run = ritz("solve", "-A", Shell.matrix(dir, "s.mtx", singular), "--rhs", "ones", "--json", "-");
        Map<String, Object> json = Json.object(run.out());
        assertThat(run.code()).isEqualTo(5);
        assertThat((double) json.get("relativeResidual")).isBetween(0.57, 1.0); // at best b₃ is left, 1/√3
        assertThat(json).containsEntry("verified", true).containsEntry("outcome", "failed");
    }

    static Stream<Path> realMatrices() {
        String folder = System.getProperty("ritz.matrices");
        return folder == null || !Files.isDirectory(Path.of(folder))
                ? Stream.empty()
                : Stream.of(
                                "bcsstk01",
                                "494_bus",
                                "sherman1",
                                "orsirr_1",
                                "west0067",
                                "e05r0500",
                                "sequences/bp/bp_400")
                        .map(name -> Path.of(folder, name + ".mtx"));
    }

    /** Passes without the folder of real matrices, which is not part of the sources. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("realMatrices")
    void solvesRealMatrices(Path file) {
        assertThat(file).exists();
        Shell run = ritz("solve", "-A", file, "--json", "-");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat((double) Json.object(run.out()).get("relativeResidual")).isLessThanOrEqualTo(1e-8);
    }
}
