package dev.ritz.benchmarks.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.FieldSequences;
import dev.ritz.testdata.SequenceSystem;
import dev.ritz.testdata.ThermalBlocks;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans, measurements and the page of the sequences. */
class SequencesTest {
    private static final CsrMatrix ONE = CsrMatrix.identity(1);
    private static final TestSequence TINY = new TestSequence(
            "tiny", "", 4, 4, true, false, k -> ThermalBlocks.convection(12, 2, k, 0.1, 10, 30, 0x7e57), List.of());

    @Test
    void everyPlanCanBeReadAndMakesASession() {
        for (TestSequence sequence : TestSequence.all()) {
            for (Plan plan : sequence.plans()) {
                assertThat(Plan.of(plan.toString())).isEqualTo(plan);
                assertThat(plan.session(1e-8, ONE).build()).isNotNull();
            }
            assertThat(sequence.plans()).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsNoPlanIsRefused() {
        assertThatThrownBy(() -> Plan.of("session cg")).hasMessageContaining("expected 3 or 5 words");
        assertThatThrownBy(() -> Plan.of("session jump jacobi").solver(1e-8)).hasMessageContaining("method = jump");
        assertThatThrownBy(() -> Plan.of("session gmres ilu0").solver(1e-8)).hasMessageContaining("gmres lacks");
        assertThatThrownBy(() -> Plan.of("session cg x").factory()).hasMessageContaining("preconditioner = x");
        assertThatThrownBy(() -> Plan.of("session cg ic0 x keep").session(1e-8, ONE))
                .hasMessageContaining("guess = x");
        assertThatThrownBy(() -> Plan.of("session cg ic0 zero x").session(1e-8, ONE))
                .hasMessageContaining("reuse = x");
        assertThatThrownBy(() -> TestSequence.named("x")).hasMessageContaining("no sequence x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alone bicgstab ilu0",
                "session gcro-dr,20,5 ilu0",
                "session bicgstab milu0 projected,2 adaptive",
                "batch bicgstab milu0",
                "scaled gmres,30 ilu0"
            })
    void everyWaySolvesAndCounts(String plan) throws IOException {
        SequenceMeasurement m = SequenceTrial.measure(TINY, Plan.of(plan), 4, 0, 60);
        assertThat(m.complete()).isTrue();
        assertThat(m.residual()).isPositive().isLessThanOrEqualTo(1.001e-8);
        assertThat(m.products()).isGreaterThan(m.iterations() / 2);
        assertThat(m.runs()).isEqualTo(2);
    }

    @Test
    void aPromiseSavesTheRefreshAndAScaledGuessTheSolveWhereColumnsAreScaled() throws IOException {
        TestSequence scaled = new TestSequence(
                "scaled",
                "",
                4,
                4,
                true,
                false,
                k -> FieldSequences.darcy(22, k, FieldSequences.Stencil.CORRECTED, 0x7e57),
                List.of());
        Plan session = Plan.of("session gcro-dr,20,5 ilu0");
        SequenceMeasurement renewed = SequenceTrial.measure(scaled, session, 4, 0, 60);
        SequenceMeasurement promised = SequenceTrial.measure(scaled, Plan.of("promised gcro-dr,20,5 ilu0"), 4, 0, 60);
        SequenceMeasurement guessed = SequenceTrial.measure(scaled, Plan.of("scaled gcro-dr,20,5 ilu0"), 4, 0, 60);
        assertThat(renewed.refreshProducts()).isPositive();
        assertThat(promised.refreshProducts()).isZero();
        assertThat(guessed.products()).isLessThan(promised.products() / 2);
        assertThat(guessed.complete() && promised.complete() && renewed.complete())
                .isTrue();
    }

    @Test
    void whatDoesNotFinishSaysSo() throws IOException {
        SequenceMeasurement m = SequenceTrial.measure(TINY, Plan.of("alone bicgstab ilu0"), 4, 0, 0);
        assertThat(m.complete()).isFalse();
        assertThat(m.note()).startsWith("not finished");
    }

    @Test
    void aMeasurementSurvivesItsLine() throws IOException {
        SequenceMeasurement m = measured("darcy-scaled", "SciPy", "gcrotmk recycled ilu", 3.25, 812);
        assertThat(SequenceMeasurement.fromJson(m.toJson())).isEqualTo(m);
        SequenceMeasurement none = SequenceMeasurement.failed("heat", "session cg jacobi", 5, "why");
        assertThat(SequenceMeasurement.fromJson(none.toJson())).isEqualTo(none);
        assertThatThrownBy(() -> SequenceMeasurement.fromJson("{\"sequence\":\"x\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no contender");
        assertThatThrownBy(() -> SequenceMeasurement.fromJson("[]")).hasMessageContaining("expected a JSON object");
    }

    @Test
    void thePageJudgesByTheFastestCompleteOnes() {
        List<SequenceMeasurement> all = List.of(
                measured("darcy-scaled", "Ritz", "alone bicgstab ilu0", 4, 4000),
                measured("darcy-scaled", "Ritz", "session gcro-dr,40,20 ilu0", 2, 2100),
                measured("darcy-scaled", "PETSc", "gmres ilu0", 6, -1),
                measured("darcy-scaled", "SciPy", "gcrotmk recycled jacobi", 5.9, 9000),
                SequenceMeasurement.failed("darcy-scaled", "session gcro-dr,30,10 ilu0", 10, "not finished"),
                measured("overhead-10000", "Ritz", "plain loop", 1, 10),
                measured("overhead-10000", "Ritz", "session", 1.03, 10));
        String page = SequencePage.of(all, "a machine");
        assertThat(row(page, "products against independent")).contains("| 1.90 | 2.0 | **missed** |");
        assertThat(row(page, "time against independent")).contains("| 2.00 | 1.7 | met |");
        assertThat(row(page, "time against PETSc")).contains("| 3.00 | 3.0 | met |");
        assertThat(row(page, "time against SciPy")).contains("| 2.95 | 3.0 | **missed** |");
        assertThat(row(page, "n = 10,000")).contains("+3.0 %").contains("missed");
        assertThat(page).contains("session gcro-dr,30,10 ilu0 | not finished");
    }

    @Test
    void aFileHoldsMatrixAndRightHandSideInTurn(@TempDir Path folder) throws IOException {
        List<SequenceSystem> systems = TINY.systems(2).toList();
        Path file = folder.resolve("two.petsc");
        SequenceFile.write(file, systems.iterator());
        int n = 144;
        int nnz = systems.get(0).system().a().nnz();
        assertThat(Files.size(file)).isEqualTo(2 * (16L + 4L * n + 12L * nnz + 8 + 8L * n));
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            assertThat(List.of(in.readInt(), in.readInt(), in.readInt(), in.readInt()))
                    .containsExactly(1211216, n, n, nnz);
            in.skipBytes(4 * n + 4 * nnz);
            assertThat(in.readDouble()).isEqualTo(systems.get(0).system().a().values()[0]);
        }
    }

    @Test
    void shorterRunsAreNotCompared() {
        SequenceMeasurement whole = measured("heat", "Ritz", "session cg jacobi", 4, 4000);
        SequenceMeasurement part = new SequenceMeasurement(
                "heat", "Ritz", "1", "session cg ic0", 5, 5, 1, 1, 0.5, 90, 0, 0, 7, 1e-9, 3, "");
        assertThat(SequencePage.complete(List.of(part, whole), "heat")).containsExactly(whole);
    }

    private static String row(String page, String what) {
        return page.lines().filter(line -> line.contains(what)).findFirst().orElse("");
    }

    private static SequenceMeasurement measured(
            String sequence, String contender, String configuration, double seconds, long products) {
        return new SequenceMeasurement(
                sequence, contender, "1", configuration, 10, 10, seconds, seconds, 0.5, products, 0, 0, 7, 1e-9, 3, "");
    }
}
