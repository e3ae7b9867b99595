package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IlukTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Iluk(2);
    }

    @Test
    void levelZeroIsIlu0ToTheLastBit() {
        for (String name : new String[] {"convection-diffusion2d", "fem2d", "random-nonsymmetric"}) {
            CsrMatrix a = Gallery.problem(name).generate(12, 7).a();
            double[] r = SampleMatrices.wave(a.rows());
            assertThat(SampleMatrices.applied(new Iluk(0).build(a), r))
                    .containsExactly(SampleMatrices.applied(new Ilu0().build(a), r));
            assertThat(SampleMatrices.applied(new Iluk(0, 0.9, Precision.FLOAT).build(a), r))
                    .containsExactly(SampleMatrices.applied(new Milu0(0.9, Precision.FLOAT).build(a), r));
        }
    }

    @Test
    void allFillIsTheFactorisationItself() {
        CsrMatrix random = SampleMatrices.random(80, 3, 0x17ab);
        CsrMatrix grid =
                Gallery.problem("convection-diffusion2d").generate(9, 1).a();
        for (CsrMatrix a : new CsrMatrix[] {random, grid}) {
            for (int level : new int[] {a.rows(), Integer.MAX_VALUE}) {
                assertThat(SampleMatrices.error(a, new Iluk(level).build(a))).isLessThan(1e-12);
            }
            assertThat(SampleMatrices.error(a, new Iluk(1).build(a))).isGreaterThan(1e-6);
        }
        double[][] exact = Dense.inverse(random.toDense());
        double[][] inverse = Dense.of(new Iluk(80).build(random));
        for (int i = 0; i < exact.length; i++) {
            assertThat(inverse[i]).containsExactly(exact[i], within(1e-13));
        }
    }

    /** lev(i, j) ← min(lev(i, j), lev(i, k) + lev(k, j) + 1), dense, with nothing left out. */
    @Test
    void thePatternIsThatOfTheDefinition() {
        CsrMatrix shuffled = SampleMatrices.shuffledColumns(SampleMatrices.random(50, 2, 0x2b01), 0x2b02);
        CsrMatrix grid = Gallery.problem("fem2d").generate(7, 3).a();
        for (CsrMatrix a : new CsrMatrix[] {SampleMatrices.random(70, 2, 0x2b00), shuffled, grid}) {
            int[][] levels = levels(a);
            for (int k = 1; k < 6; k++) {
                TriangularPattern s = LevelFill.of(a.pattern(), k, WorkerPool.shared());
                for (int i = 0; i < a.rows(); i++) {
                    assertThat(s.pattern.colIdx()[s.diagonal[i]]).isEqualTo(i);
                    for (int j = 0; j < a.rows(); j++) {
                        assertThat(s.pattern.position(i, j) >= 0)
                                .as("level %d, entry (%d, %d)", k, i, j)
                                .isEqualTo(i == j || levels[i][j] <= k);
                    }
                }
            }
        }
    }

    private static int[][] levels(CsrMatrix a) {
        int n = a.rows();
        int[][] level = new int[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                level[i][j] = a.pattern().position(i, j) >= 0 ? 0 : 1_000_000;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                for (int j = k + 1; j < n; j++) {
                    level[i][j] = Math.min(level[i][j], level[i][k] + level[k][j] + 1);
                }
            }
        }
        return level;
    }

    /** The defining property: (L U)_ij = a_ij on the pattern, fill included. */
    @Test
    void agreesWithTheMatrixOnItsPattern() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(6, 1).a();
        Preconditioner m = new Iluk(2).build(a);
        double[][] product = Dense.inverse(Dense.of(m));
        TriangularPattern s = ((TriangularFactors) m).symbolic();
        assertThat(s.pattern.nnz()).isGreaterThan(a.nnz() + 20);
        for (int i = 0; i < a.rows(); i++) {
            for (int k = s.pattern.rowPtr()[i]; k < s.pattern.rowPtr()[i + 1]; k++) {
                int j = s.pattern.colIdx()[k];
                assertThat(product[i][j]).isEqualTo(a.get(i, j), within(1e-12));
            }
        }
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(m.name()).isEqualTo("Iluk(2)");
    }

    @Test
    void iterationsFallWithTheLevel() {
        for (String name : new String[] {"poisson2d", "lognormal2d"}) {
            LinearSystem system = Gallery.problem(name).generate(48, 3);
            int before = Integer.MAX_VALUE;
            for (int level = 0; level < 6; level++) {
                int iterations = ReferenceCg.iterations(system, new Iluk(level).build(system.a()));
                assertThat(iterations).as("%s, level %d", name, level).isLessThan(before);
                before = iterations;
            }
        }
    }

    @Test
    void aRebuildKeepsTheFillAndNothingElseDoes() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(10, 1).a();
        CsrMatrix b = a.withValues(a.scale(SampleMatrices.wave(a.rows()), null).values());
        Preconditioner old = new Iluk(1).build(a);
        TriangularPattern s = ((TriangularFactors) old).symbolic();
        assertThat(((TriangularFactors) new Iluk(1).rebuild(old, b)).symbolic()).isSameAs(s);
        assertThat(((TriangularFactors) new Iluk(2).rebuild(old, b)).symbolic()).isNotSameAs(s);
        assertThat(((TriangularFactors) new Ilu0().rebuild(old, b)).symbolic()).isNotSameAs(s);
        CsrMatrix onFill = CsrMatrix.of(s.pattern, new double[s.pattern.nnz()]).plus(1, 1, b);
        assertThat(((TriangularFactors) new Iluk(1).rebuild(old, onFill)).symbolic())
                .isNotSameAs(s);
    }

    @Test
    void omegaOneKeepsRowSums() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(14, 1).a();
        double[] ones = new double[a.rows()];
        Arrays.fill(ones, 1);
        double[] sums = new double[ones.length];
        a.apply(ones, sums);
        assertThat(SampleMatrices.applied(new Iluk(2, 1, Precision.DOUBLE).build(a), sums))
                .containsExactly(ones, within(1e-11));
    }

    /** Nothing is stored at (1, 1), and elimination puts −1 there. */
    @Test
    void fillsAnAbsentDiagonal() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 1}, {1, 0}});
        assertThat(SampleMatrices.error(a, new Iluk(1).build(a))).isLessThan(1e-15);
        assertThatThrownBy(() -> new Iluk(0).build(a)).hasMessageContaining("not stored");
    }

    @Test
    void namesTheRowOfAZeroPivot() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 2}, {2, 4}});
        assertThatThrownBy(() -> new Iluk(1).build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(1);
            assertThat(e.advice()).contains("Matched");
        });
    }

    @Test
    void refusesOtherOptions() {
        assertThatThrownBy(() -> new Iluk(-1)).hasMessage("level = -1, expected at least 0");
        for (double omega : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new Iluk(1, omega, Precision.DOUBLE))
                    .hasMessage("omega = " + omega + ", expected a number in [0, 1]");
        }
        assertThatThrownBy(() -> new Iluk(1, 0, null)).hasMessage("precision");
        assertThat(new Iluk()).isEqualTo(new Iluk(1, 0, Precision.DOUBLE));
    }
}
