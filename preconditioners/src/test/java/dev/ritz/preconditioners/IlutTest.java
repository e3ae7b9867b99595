package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class IlutTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ilut(1e-2, 3);
    }

    @Test
    void withoutAThresholdItIsTheFactorisationItself() {
        CsrMatrix random = SampleMatrices.random(90, 3, 0x11a7);
        CsrMatrix grid =
                Gallery.problem("convection-diffusion2d").generate(9, 1).a();
        for (CsrMatrix a : new CsrMatrix[] {random, grid}) {
            assertThat(SampleMatrices.error(a, new Ilut(0, a.rows()).build(a))).isLessThan(1e-12);
            assertThat(SampleMatrices.error(a, new Ilut(0, Integer.MAX_VALUE).build(a)))
                    .isLessThan(1e-12);
            assertThat(SampleMatrices.error(a, new Ilut(1e-2, a.rows()).build(a)))
                    .isGreaterThan(1e-6);
            assertThat(SampleMatrices.error(a, new Ilut(0, 0).build(a))).isGreaterThan(1e-6);
        }
        double[][] exact = Dense.inverse(random.toDense());
        double[][] inverse = Dense.of(new Ilut(0, 90).build(random));
        for (int i = 0; i < exact.length; i++) {
            assertThat(inverse[i]).containsExactly(exact[i], within(1e-13));
        }
    }

    @Test
    void noRowExceedsItsLimit() {
        for (CsrMatrix a : new CsrMatrix[] {
            SampleMatrices.random(200, 3, 0x11a8),
            Gallery.problem("fem2d").generate(12, 1).a()
        }) {
            int[] diagonal = a.pattern().diagonalPositions();
            for (int fill : new int[] {0, 1, 4}) {
                TriangularPattern s = ((TriangularFactors) new Ilut(0, fill).build(a)).symbolic();
                int full = 0;
                for (int i = 0; i < a.rows(); i++) {
                    int left = s.diagonal[i] - s.pattern.rowPtr()[i];
                    int right = s.pattern.rowPtr()[i + 1] - s.diagonal[i] - 1;
                    int mostLeft = diagonal[i] - a.rowPtr()[i] + fill;
                    int mostRight = a.rowPtr()[i + 1] - diagonal[i] - 1 + fill;
                    assertThat(left).isLessThanOrEqualTo(mostLeft);
                    assertThat(right).isLessThanOrEqualTo(mostRight);
                    full += left == mostLeft ? 1 : 0;
                }
                assertThat(full).as("rows as long as allowed").isGreaterThan(a.rows() / 4);
            }
        }
    }

    /** Dense, by definition: eliminate, drop what contributes too little, keep the largest. */
    @Test
    void dropsWhatTheDefinitionDrops() {
        CsrMatrix a = SampleMatrices.random(40, 4, 0x11a9);
        for (double tolerance : new double[] {0.02, 0.1}) {
            double[][] lu = new double[40][40];
            for (int i = 0; i < 40; i++) {
                double[] w = a.toDense()[i];
                double norm = 0;
                for (double v : w) {
                    norm += v * v;
                }
                double drop = tolerance * Math.sqrt(norm);
                for (int k = 0; k < i; k++) {
                    if (Math.abs(w[k]) <= drop) {
                        w[k] = 0;
                        continue;
                    }
                    w[k] /= lu[k][k];
                    for (int j = k + 1; j < 40; j++) {
                        w[j] -= w[k] * lu[k][j];
                    }
                }
                for (int j = i + 1; j < 40; j++) {
                    w[j] = Math.abs(w[j]) <= drop ? 0 : w[j];
                }
                lu[i] = w;
            }
            TriangularPattern s = ((TriangularFactors) new Ilut(tolerance, 40).build(a)).symbolic();
            for (int i = 0; i < 40; i++) {
                for (int j = 0; j < 40; j++) {
                    assertThat(s.pattern.position(i, j) >= 0)
                            .as("entry (%d, %d)", i, j)
                            .isEqualTo(i == j || lu[i][j] != 0);
                }
            }
        }
    }

    @Test
    void comesNearerToTheInverseWithTheThresholdAndTheFill() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(40, 3).a();
        double before = Double.POSITIVE_INFINITY;
        for (double tolerance : new double[] {1e-1, 1e-2, 1e-3, 1e-4, 1e-5}) {
            double error = SampleMatrices.error(a, new Ilut(tolerance, a.rows()).build(a));
            assertThat(error).as("tolerance %s", tolerance).isLessThan(0.7 * before);
            before = error;
        }
        before = Double.POSITIVE_INFINITY;
        for (int fill : new int[] {0, 3, 8, 16}) {
            double error = SampleMatrices.error(a, new Ilut(0, fill).build(a));
            assertThat(error).as("fill %d", fill).isLessThan(0.9 * before);
            before = error;
        }
    }

    /** Scaling rows by powers of two scales everything that is compared. */
    @Test
    void rowScalingDoesNotChangeWhatIsDropped() {
        CsrMatrix a = SampleMatrices.random(100, 4, 0x11aa);
        double[] powers = new double[100];
        double[] r = SampleMatrices.wave(100);
        double[] scaled = r.clone();
        for (int i = 0; i < 100; i++) {
            powers[i] = Math.scalb(1.0, (i * 37) % 61 - 30);
            scaled[i] *= powers[i];
        }
        assertThat(SampleMatrices.applied(new Ilut(1e-2, 2).build(a.scale(powers, null)), scaled))
                .containsExactly(SampleMatrices.applied(new Ilut(1e-2, 2).build(a), r));
    }

    @Test
    void namesTheRowOfAZeroPivot() {
        CsrMatrix singular = CsrMatrix.fromDense(new double[][] {{1, 2}, {2, 4}});
        assertThatThrownBy(() -> new Ilut().build(singular)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(1);
            assertThat(e.advice()).contains("Ilutp", "Matched");
        });
    }

    /** l_10 = 1e300 and u_01 = 1e300: their product has no place in a double. */
    @Test
    void namesTheRowThatOverflows() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 1e300, 0}, {1e300, 1, 0}, {0, 0, 1}});
        CsrMatrix b = CsrMatrix.fromDense(new double[][] {{1, 0, 1e300}, {1e300, 1, 0}, {0, 1, 1}});
        CsrMatrix c = CsrMatrix.fromDense(new double[][] {{1, 1e300, 0}, {0, 1, 0}, {1e300, 0, 1}});
        CsrMatrix[] all = {a, b, c};
        for (int k = 0; k < 3; k++) {
            int row = k == 2 ? 2 : 1;
            CsrMatrix matrix = all[k];
            assertThatThrownBy(() -> new Ilut(0, 9).build(matrix)).isInstanceOfSatisfying(BuildException.class, e -> {
                assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
                assertThat(e.row()).isEqualTo(row);
            });
        }
    }

    @Test
    void refusesOtherOptions() {
        for (double tolerance : new double[] {-1e-3, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Ilut(tolerance, 1))
                    .hasMessage("dropTolerance = " + tolerance + ", expected a number in [0, 1)");
        }
        assertThatThrownBy(() -> new Ilut(0, -1)).hasMessage("fill = -1, expected at least 0");
        assertThatThrownBy(() -> new Ilut(0, 1, null)).hasMessage("precision");
        assertThat(new Ilut()).isEqualTo(new Ilut(1e-3, 10, Precision.DOUBLE));
    }

    @Test
    void saysWhatItHolds() {
        CsrMatrix a = SampleMatrices.random(500, 3, 0x11ab);
        Preconditioner m = new Ilut(1e-3, 5).build(a);
        int entries = ((TriangularFactors) m).symbolic().pattern.nnz();
        assertThat(m.bytes()).isBetween(16L * entries, 26L * entries + 60L * 500);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }
}
