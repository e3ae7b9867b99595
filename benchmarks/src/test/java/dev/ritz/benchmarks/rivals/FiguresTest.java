package dev.ritz.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.benchmarks.rivals.TestProblem.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.CategoryChart;

/** The arithmetic between a clock and the page. */
class FiguresTest {
    private static final TestProblem GRID = problem("poisson3d-128", Family.GRID);
    private static final TestProblem MESH = problem("mesh", Family.ELEMENTS);
    private static final TestProblem SMALL = problem("tiny", Family.SMALL);

    // ---------------------------------------------------------------- medians

    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTwo() {
        assertThat(Statistics.median(List.of(7.0))).isEqualTo(7);
        assertThat(Statistics.median(List.of(9.0, 1.0, 4.0))).isEqualTo(4);
        assertThat(Statistics.median(List.of(9.0, 1.0, 4.0, 6.0))).isEqualTo(5);
        assertThatThrownBy(() -> Statistics.median(List.of())).hasMessageContaining("at least one");
    }

    @Test
    void theLaterHalfIsWarm() {
        assertThat(Statistics.warm(List.of(5.0))).containsExactly(5.0);
        assertThat(Statistics.warm(List.of(5.0, 3.0))).containsExactly(3.0);
        assertThat(Statistics.warm(List.of(5.0, 4.0, 3.0))).containsExactly(4.0, 3.0);
    }

    // ---------------------------------------------------------------- tolerances

    @Test
    void aResidualWithinTheTargetHoldsAndChangesNothing() {
        Tolerance tolerance = new Tolerance();
        assertThat(tolerance.holds(1e-8)).isTrue();
        assertThat(tolerance.rtol()).isEqualTo(1e-8);
    }

    @Test
    void aResidualAboveTightensByWhatIsMissing() {
        Tolerance tolerance = new Tolerance();
        assertThat(tolerance.holds(1e-6)).isFalse();
        assertThat(tolerance.rtol()).isCloseTo(0.9e-10, org.assertj.core.data.Offset.offset(1e-22));
        assertThat(tolerance.holds(1.0000001e-8)).isFalse();
        assertThat(tolerance.rtol()).isCloseTo(0.45e-10, org.assertj.core.data.Offset.offset(1e-22));
    }

    @Test
    void whatIsNoResidualHalvesTheToleranceAndEndsSomeTime() {
        Tolerance tolerance = new Tolerance();
        for (int k = 0; k < 20; k++) {
            assertThat(tolerance.exhausted()).isFalse();
            assertThat(tolerance.holds(k % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY))
                    .isFalse();
        }
        assertThat(tolerance.exhausted()).isTrue();
        assertThat(tolerance.rtol()).isEqualTo(1e-8 * Math.pow(0.5, 20));
    }

    @Test
    void decimalDigitsNeverLoosenATolerance() {
        assertThat(OjAlgoRival.digits(1e-8)).isEqualTo(8);
        assertThat(OjAlgoRival.digits(0.9e-8)).isEqualTo(9);
        assertThat(OjAlgoRival.digits(2e-8)).isEqualTo(8);
    }

    // ---------------------------------------------------------------- lines of JSON

    @Test
    void aLineIsReadBackAsItWas() throws IOException {
        Measurement m = measured("p", "MTJ", 1, "cg", "ilu0", 0.25, 1.5, 30);
        assertThat(Measurement.fromJson(m.toJson())).isEqualTo(m);
        assertThat(m.total()).isEqualTo(1.75);
        assertThat(m.perIteration()).isEqualTo(0.05);
        Measurement none = Measurement.without(
                "p", "MTJ", "1", new Rival.Pairing("cg", "ic0"), "failed", "a \"note\"\nof two lines");
        assertThat(Measurement.fromJson(none.toJson())).isEqualTo(none);
        assertThat(none.toJson()).doesNotContain("setup");
        assertThat(none.perIteration()).isNaN();
        assertThat(measured("p", "EJML", 1, "lu", "none", 1, 1, 0).perIteration())
                .isNaN();
    }

    @Test
    void aLineOfTheNativeProgramsIsUnderstood() throws IOException {
        Measurement m = Measurement.fromJson(
                "{\"problem\":\"p\",\"contender\":\"PETSc\",\"version\":\"3.18.5\",\"processes\":2,\"method\":\"cg\","
                        + "\"preconditioner\":\"jacobi\",\"n\":8,\"nnz\":9,\"outcome\":\"solved\",\"note\":\"\","
                        + "\"setup\":0.001,\"solve\":0.4,\"cold\":0.5,\"iterations\":20,\"residual\":9e-9,"
                        + "\"rtol\":1e-08,\"runs\":3,\"peakBytes\":1024}");
        assertThat(m.label()).isEqualTo("PETSc ×2 cg + jacobi");
        assertThat(m.perIteration()).isEqualTo(0.02);
        assertThat(m.peakBytes()).isEqualTo(1024);
    }

    @Test
    void whatIsNoMeasurementIsRefused() {
        assertThatThrownBy(() -> Measurement.fromJson("[1]")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Measurement.fromJson("{\"problem\":\"p\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("contender");
    }

    // ---------------------------------------------------------------- parts of a run

    @Test
    void aLaterMeasurementReplacesAnEarlierOneInItsPlace(@TempDir Path folder) throws IOException {
        Results results = new Results();
        Measurement other = measured("p", "PETSc", 2, "cg", "jacobi", 0, 3, 10);
        Measurement again = measured("p", "PETSc", 1, "cg", "jacobi", 0, 5, 10);
        results.add(measured("p", "PETSc", 1, "cg", "jacobi", 0, 4, 10));
        results.add(other);
        results.add(again);
        assertThat(results.all()).containsExactly(again, other);
        results.add(measured("mesh", "MTJ", 1, "cg", "ilu0", 0, 5, 10));
        assertThat(results.has(MESH, new MtjRival(), new Rival.Pairing("cg", "ilu0")))
                .isTrue();
        assertThat(results.has(MESH, new MtjRival(), new Rival.Pairing("cg", "jacobi")))
                .isFalse();
        assertThat(results.has(GRID, new MtjRival(), new Rival.Pairing("cg", "ilu0")))
                .isFalse();

        Path file = folder.resolve("rivals.json");
        results.write(file);
        Results read = new Results();
        read.read(file);
        assertThat(read.all()).isEqualTo(results.all());
        Files.writeString(folder.resolve("native.jsonl"), other.toJson() + "\n" + again.toJson() + "\n");
        read.read(folder.resolve("native.jsonl"));
        read.read(folder.resolve("absent.jsonl"));
        assertThat(read.all()).isEqualTo(results.all());
    }

    // ---------------------------------------------------------------- targets

    @Test
    void theRatioIsThatToTheBestRivalThatSolvedIt() {
        Measurement ours = measured(GRID.name(), "Ritz", 1, "cg", "jacobi", 9, 1, 100);
        Measurement best = measured(GRID.name(), "PETSc", 2, "cg", "jacobi", 9, 2, 100);
        Target.Standing s = standing(
                "Jacobi-PCG per iteration on 128³",
                GRID,
                ours,
                measured(GRID.name(), "PETSc", 1, "cg", "jacobi", 0, 4, 100),
                best,
                measured(GRID.name(), "Eigen", 1, "cg", "jacobi", 0, 0.1, 100),
                measured("another", "PETSc", 1, "cg", "jacobi", 0, 0.1, 100),
                Measurement.without(GRID.name(), "PETSc", "", new Rival.Pairing("cg", "jacobi"), "failed", ""));
        assertThat(s.best()).isEqualTo(best);
        assertThat(s.ratio()).isEqualTo(2); // seconds per iteration: the set-up does not count
        assertThat(s.met()).isTrue();
    }

    @Test
    void setUpCountsWhereTheWholeIsCompared() {
        Target.Standing s = standing(
                "IC(0)-PCG, grids",
                GRID,
                measured(GRID.name(), "Ritz", 1, "cg", "ic0", 1, 1, 10),
                measured(GRID.name(), "Ritz", 1, "cg", "relaxed-ic0", 0, 0.5, 10),
                measured(GRID.name(), "Eigen", 1, "cg", "ic", 2, 0.8, 1000),
                measured(GRID.name(), "PETSc", 1, "cg", "ic0", 0, 3.5, 10));
        assertThat(s.ratio()).isEqualTo(1.4);
        assertThat(s.met()).as("1.4 is below 1.5").isFalse();
    }

    @Test
    void aContenderThatFailsLoses() {
        Target.Standing s = standing(
                "IC(0)-PCG, elements",
                MESH,
                Measurement.without(MESH.name(), "Ritz", "", new Rival.Pairing("cg", "ic0"), "failed", ""),
                measured(MESH.name(), "PETSc", 1, "cg", "ic0", 0, 3, 10));
        assertThat(s.ratio()).isNaN();
        assertThat(s.met()).isFalse();
    }

    @Test
    void smallSystemsTakeEachSidesBest() {
        Target.Standing s = standing(
                "small systems",
                SMALL,
                measured(SMALL.name(), "Ritz", 1, "cg", "jacobi", 1, 1, 10),
                measured(SMALL.name(), "Ritz", 1, "cg", "ic0", 0.5, 0.5, 5),
                measured(SMALL.name(), "MTJ", 1, "cg", "ilu0", 1, 1, 5),
                measured(SMALL.name(), "EJML", 1, "cholesky", "none", 0.5, 1, 0),
                measured(SMALL.name(), "PETSc", 1, "cg", "ic0", 0.1, 0.1, 5));
        assertThat(s.best().contender()).isEqualTo("EJML");
        assertThat(s.ratio()).isEqualTo(1.5);
    }

    @Test
    void nothingIsSaidWithoutBothSides() {
        Measurement ours = measured(MESH.name(), "Ritz", 1, "cg", "ic0", 1, 1, 10);
        Measurement theirs = measured(MESH.name(), "MTJ", 1, "cg", "ilu0", 1, 1, 10);
        Target mtj = target("IC(0)-PCG, MTJ");
        assertThat(mtj.standing(MESH, List.of(ours))).isEmpty();
        assertThat(mtj.standing(MESH, List.of(theirs))).isEmpty();
        assertThat(mtj.standing(SMALL, List.of(ours, theirs))).isEmpty();
        assertThat(mtj.standing(MESH, List.of(ours, theirs))).isPresent();
    }

    // ---------------------------------------------------------------- the page and the picture

    @Test
    void thePageCountsTargetsAndSortsContenders() {
        List<Measurement> all = List.of(
                measured(GRID.name(), "MTJ", 1, "cg", "ilu0", 1, 5, 10),
                measured(GRID.name(), "Ritz", 1, "cg", "ic0", 1, 1, 10),
                measured(GRID.name(), "PETSc", 1, "cg", "ic0", 1, 1.5, 10),
                Measurement.without(GRID.name(), "EJML", "", new Rival.Pairing("cholesky", "none"), "failed", "a|b"));
        String page = RivalPage.of(List.of(GRID, MESH), all, "a machine");
        assertThat(page).contains("1 of 2 met").contains("**missed**").contains("failed: a/b");
        assertThat(page).doesNotContain("### mesh");
        int table = page.indexOf("### poisson3d-128");
        assertThat(page.indexOf("| Ritz cg + ic0 |", table)).isLessThan(page.indexOf("| PETSc cg + ic0 |", table));
        assertThat(page.indexOf("| PETSc cg + ic0 |", table)).isLessThan(page.indexOf("| MTJ cg + ilu0 |", table));
        assertThat(page.indexOf("| MTJ cg + ilu0 |", table)).isLessThan(page.indexOf("| EJML cholesky |", table));
    }

    @Test
    void timesHaveThreeDigits() {
        assertThat(RivalPage.time(12.34)).isEqualTo("12.3 s");
        assertThat(RivalPage.time(123.4)).isEqualTo("123 s");
        assertThat(RivalPage.time(0.9999)).isEqualTo("1.00 s");
        assertThat(RivalPage.time(0.01234)).isEqualTo("12.3 ms");
        assertThat(RivalPage.time(0.000999)).isEqualTo("999 µs");
        assertThat(RivalPage.time(1.5e-6)).isEqualTo("1.50 µs");
        assertThat(RivalPage.time(Double.NaN)).isEqualTo("–");
    }

    @Test
    void thePictureShowsEachContendersFastestWay() {
        List<Measurement> all = List.of(
                measured(GRID.name(), "Ritz", 1, "cg", "ic0", 1, 1, 10),
                measured(GRID.name(), "Ritz", 1, "cg", "jacobi", 0, 1.5, 10),
                measured(MESH.name(), "PETSc", 1, "cg", "ic0", 1, 1.5, 10));
        assertThat(RivalPlot.fastest("Ritz", GRID.name(), all)).hasValue(1.5);
        assertThat(RivalPlot.fastest("PETSc", GRID.name(), all)).isEmpty();
        CategoryChart chart = RivalPlot.chart(List.of(GRID, MESH, SMALL), all);
        assertThat(chart.getSeriesCollection()).hasSize(2);
        assertThat(List.copyOf(chart.getSeries("PETSc").getXData())).isEqualTo(List.of(GRID.name(), MESH.name()));
        assertThat(chart.getSeries("PETSc").getYData()).containsExactly(Double.NaN, 2.5);
        assertThat(RivalPlot.draw(List.of(GRID, MESH), all)).startsWith(0x89, 'P', 'N', 'G');
    }

    private static Target target(String title) {
        return Target.all().stream()
                .filter(t -> t.title().startsWith(title))
                .findFirst()
                .orElseThrow();
    }

    private static Target.Standing standing(String title, TestProblem problem, Measurement... results) {
        Optional<Target.Standing> standing = target(title).standing(problem, List.of(results));
        return standing.orElseThrow();
    }

    private static TestProblem problem(String name, Family family) {
        return new TestProblem(name, true, family, () -> {
            throw new AssertionError("nobody asked for the system");
        });
    }

    private static Measurement measured(
            String problem,
            String contender,
            int processes,
            String method,
            String preconditioner,
            double setup,
            double solve,
            int iterations) {
        return new Measurement(
                problem,
                contender,
                "1",
                processes,
                method,
                preconditioner,
                Measurement.SOLVED,
                "",
                setup,
                solve,
                setup + 2 * solve,
                iterations,
                5e-9,
                1e-8,
                3,
                1_000_000);
    }
}
