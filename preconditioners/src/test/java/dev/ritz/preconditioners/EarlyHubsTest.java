package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.testdata.Gallery;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Factors of matrices of which some dense rows come first. */
class EarlyHubsTest {
    /** Symmetric: a ring, a few random entries, and hubs joined to all or to every second vertex. */
    static CsrMatrix hubs(int n, int hubs, long seed) {
        Random random = new Random(seed);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int h = 0; h < hubs; h++) {
                if (i > h && i % (h % 2 + 1) == 0) {
                    rows.add(h, -0.5 - random.nextDouble());
                }
            }
            rows.add((i + 1) % n, -random.nextDouble());
            if (i % 3 == 0) {
                rows.add(random.nextInt(n), -random.nextDouble());
            }
            rows.add(i, 0).endRow();
        }
        CsrMatrix a = rows.build().symmetricPart();
        double[] values = a.values().clone();
        for (int i = 0; i < n; i++) {
            int at = a.pattern().position(i, i);
            values[at] = 0.25;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                values[at] += k == at ? 0 : Math.abs(values[k]);
            }
        }
        return a.withValues(values);
    }

    /** The hub has number 0. */
    private static CsrMatrix star(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        rows.add(0, n);
        for (int j = 1; j < n; j++) {
            rows.add(j, -1);
        }
        rows.endRow();
        for (int i = 1; i < n; i++) {
            rows.add(0, -1).add(i, 2).endRow();
        }
        return rows.build();
    }

    /** Another lower triangle and diagonal, same pattern. */
    private static CsrMatrix unsymmetric(CsrMatrix a) {
        double[] left = SampleMatrices.wave(a.rows());
        for (int i = 0; i < left.length; i++) {
            left[i] = 1.5 + left[i];
        }
        return a.scale(left, null);
    }

    @Test
    void factorsHaveTheBitsOfTheDefinition() {
        List<CsrMatrix> matrices = List.of(
                hubs(700, 3, 0xe4b1),
                hubs(900, 1, 0xe4b2),
                hubs(300, 40, 0xe4b3),
                star(500),
                SampleMatrices.randomSpd(200, 4, 0xe4b4),
                Gallery.problem("fem2d").generate(16, 1).a());
        for (CsrMatrix a : matrices) {
            for (int level = 0; level < (a.rows() > 500 ? 1 : 2); level++) { // a hub's level 1 is dense
                TriangularPattern s = IncompleteFactors.symbolic(null, a, level, false);
                for (double omega : new double[] {0, 0.5}) {
                    CsrMatrix symmetric = LevelFill.spread(a, s.pattern);
                    CsrMatrix general = unsymmetric(symmetric);
                    double[] lu = new double[s.pattern.nnz()];
                    assertThat(new IncompleteLu(general, s, omega, false, lu).factor(0))
                            .isEqualTo(-1);
                    assertThat(lu).isEqualTo(plain(general, s, omega, false));
                    assertThat(new IncompleteLu(symmetric, s, omega, true, lu).factor(0))
                            .isEqualTo(-1);
                    assertThat(lu).isEqualTo(plain(symmetric, s, omega, true));
                }
            }
        }
    }

    /** Every entry of row j of U is subtracted, or counted as dropped, one by one; symmetric factors mirror U into L. */
    private static double[] plain(CsrMatrix a, TriangularPattern s, double omega, boolean symmetric) {
        double[] lu = a.values().clone();
        int[] colIdx = a.colIdx();
        for (int i = 0; i < a.rows(); i++) {
            int[] position = new int[a.rows()];
            Arrays.fill(position, -1);
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                position[colIdx[k]] = k;
            }
            double dropped = 0;
            for (int k = a.rowPtr()[i]; k < s.diagonal[i]; k++) {
                int j = colIdx[k];
                double pivot = lu[s.diagonal[j]];
                lu[k] = symmetric ? lu[a.pattern().position(j, i)] * (1 / pivot) : lu[k] / pivot;
                for (int q = s.diagonal[j] + 1; q < a.rowPtr()[j + 1]; q++) {
                    int p = position[colIdx[q]];
                    if (p < 0) {
                        dropped += lu[k] * lu[q];
                    } else if (!symmetric || colIdx[q] >= i) {
                        lu[p] -= lu[k] * lu[q];
                    }
                }
            }
            lu[s.diagonal[i]] -= omega * dropped;
        }
        return lu;
    }

    /** Work that grew with the square of the rows would take minutes. */
    @Test
    @Timeout(60)
    void aStarIsFactoredInTheOrderOfItsEntries() {
        int n = 400_000;
        CsrMatrix a = star(n);
        double pivot = 2 - 1.0 / n;
        for (PreconditionerFactory factory : List.of(new Ic0(), new Ilu0())) {
            Preconditioner m = factory.build(a);
            double[] r = new double[n];
            r[n - 1] = pivot;
            // U z = L⁻¹ r with z_0 = z_(n−1) / n and nothing between
            double[] z = SampleMatrices.applied(m, r);
            assertThat(z[n - 1]).isEqualTo(1);
            assertThat(z[0]).isEqualTo(1.0 / n);
            assertThat(z[n / 2]).isEqualTo(0);
        }
    }

    /** One dense row, refused before the other systems, which hold it too, are worked out. */
    @Test
    @Timeout(60)
    void sparseInversesRefuseARowThatIsTooLongBeforeAnyWork() {
        int n = 300_000;
        CsrMatrix early = star(n);
        int[] backwards = new int[n];
        for (int i = 0; i < n; i++) {
            backwards[i] = n - 1 - i;
        }
        CsrMatrix late = early.submatrix(backwards, backwards);
        for (int power = 1; power <= 2; power++) {
            for (PreconditionerFactory factory : List.of(new Isai(power), new Spai(power))) {
                refuses(factory, early, 0, "the local system of row 0 is at least 300000 by 300000");
                refuses(factory, late, n - 1, "the local system of row 299999 is at least 300000 by 300000");
            }
            refuses(new Fsai(power), late, n - 1, "the local system of row 299999 is at least 300000 by 300000");
        }
        assertThat(new Fsai(1).build(early).kind()).isEqualTo(Preconditioner.Kind.SPD);
    }

    /** Each row of A is short, and some of its square are not. */
    @Test
    void sparseInversesRefuseALongRowOfThePower() {
        int n = 1600;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int j = i % 40; j < n; j += 40) {
                rows.add(j, -1);
            }
            for (int j = i - i % 40; j < i - i % 40 + 40; j++) {
                rows.add(j, -1);
            }
            rows.add(i, 100).endRow();
        }
        CsrMatrix a = rows.build();
        for (PreconditionerFactory factory : List.of(new Isai(2), new Spai(2))) {
            refuses(factory, a, 0, "the local system of row 0 is at least 1600 by 1600");
        }
        refuses(new Fsai(2), a, 1024, "the local system of row 1024 is at least 1025 by 1025");
    }

    private static void refuses(PreconditionerFactory factory, CsrMatrix a, int row, String found) {
        assertThatThrownBy(() -> factory.build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
            assertThat(e.row()).isEqualTo(row);
            assertThat(e.found()).startsWith(found);
        });
    }

    @Test
    void theFirstOfSeveralFailuresIsNamedForAnyNumberOfThreads() {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(2000);
        for (int i = 0; i < 2000; i++) {
            rows.add(i % 300 == 299 ? i - 1 : i, 1).endRow();
        }
        CsrMatrix a = rows.build();
        for (int threads : new int[] {1, 2, 3}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                for (PreconditionerFactory factory : List.of(new Isai(), new Spai())) {
                    assertThatThrownBy(() -> factory.build(a.on(pool)))
                            .isInstanceOfSatisfying(
                                    BuildException.class,
                                    e -> assertThat(e.row()).isEqualTo(299));
                }
            }
        }
    }

    /** Three hubs, which have the same for each other vertex, and nothing that is not dropped. */
    @Test
    @Timeout(60)
    void threeHubsAreFactoredWithThresholdsInTheOrderOfTheirEntries() {
        int n = 200_000;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < (i < 3 ? n : 3); j++) {
                rows.add(j, i == j ? n : -1);
            }
            rows.add(i, i < 3 ? 0 : 4).endRow();
        }
        CsrMatrix a = rows.build();
        TriangularPattern s = ((TriangularFactors) new Ict(1e-4, 10).build(a)).symbolic();
        assertThat(s.pattern.nnz()).isEqualTo(a.nnz() - 6); // those between hubs, which are 1 / n of their diagonal
    }

    /** Long rows foreseen to add nothing, and walked: the same entries stay, with the same bits. */
    @Test
    void thresholdsDropTheSameWhetherLongRowsAreSearchedOrWalked() {
        for (CsrMatrix a : List.of(hubs(2500, 3, 0xe4b5), hubs(1500, 1, 0xe4b6), hubs(400, 2, 0xe4b7), star(3000))) {
            for (double tolerance : new double[] {0, 1e-3, 5e-3, 2e-2, 1e-1}) {
                for (int fill : new int[] {0, 1, 10}) {
                    TriangularFactors searched = thresholds(a, tolerance, fill, 0, 20);
                    TriangularFactors usual = (TriangularFactors) new Ict(tolerance, fill).build(a);
                    same(searched, thresholds(a, tolerance, fill, 0, Integer.MAX_VALUE));
                    same(searched, usual);
                    same(
                            thresholds(a, tolerance, fill, 0.9, 20),
                            thresholds(a, tolerance, fill, 0.9, Integer.MAX_VALUE));
                }
            }
        }
    }

    private static TriangularFactors thresholds(CsrMatrix a, double tolerance, int fill, double omega, int longRow) {
        int[] diagonal = a.pattern().diagonalPositions();
        return new ThresholdCholesky(a, diagonal, tolerance, fill, omega, longRow).factors("Ict", Precision.DOUBLE);
    }

    private static void same(TriangularFactors m, TriangularFactors expected) {
        assertThat(m.symbolic().pattern.sameAs(expected.symbolic().pattern)).isTrue();
        double[] r = SampleMatrices.wave(m.size());
        assertThat(SampleMatrices.applied(m, r)).isEqualTo(SampleMatrices.applied(expected, r));
    }
}
