package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SparsityPattern;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class SpaiTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Spai(2);
    }

    @Test
    void theFullPatternGivesTheInverse() {
        CsrMatrix random = SampleMatrices.random(60, 3, 0x59a1);
        double[][] exact = Dense.inverse(random.toDense());
        double[][] inverse = Dense.of(new Spai(60).build(random));
        for (int i = 0; i < exact.length; i++) {
            assertThat(inverse[i]).containsExactly(exact[i], within(1e-12));
        }
        assertThat(new Spai().build(random).kind()).isEqualTo(Preconditioner.Kind.FIXED);
        CsrMatrix shuffled = SampleMatrices.shuffledColumns(random, 0x59a2);
        assertThat(SampleMatrices.error(shuffled, new Spai(60).build(shuffled))).isLessThan(1e-11);
    }

    /** The normal equations of least squares: ((I − M⁻¹ A) Aᵀ)_ij = 0 at the pattern. */
    @Test
    void everyRowIsAMinimum() {
        CsrMatrix a = SampleMatrices.random(50, 3, 0x59a3);
        double[][] dense = a.toDense();
        for (int power = 1; power <= 2; power++) {
            Preconditioner m = new Spai(power).build(a);
            double[][] product = product(m, a);
            SparsityPattern where = where(m);
            for (int i = 0; i < 50; i++) {
                for (int k = where.rowPtr()[i]; k < where.rowPtr()[i + 1]; k++) {
                    double sum = 0;
                    for (int j = 0; j < 50; j++) {
                        sum += ((i == j ? 1 : 0) - product[i][j]) * dense[where.colIdx()[k]][j];
                    }
                    assertThat(sum).isEqualTo(0, within(1e-13));
                }
            }
        }
    }

    /** Scaling rows by powers of two undoes itself. */
    @Test
    void rowScalingChangesNothing() {
        CsrMatrix a = SampleMatrices.random(50, 3, 0x59a4);
        double[] powers = new double[50];
        double[] r = SampleMatrices.wave(50);
        double[] scaled = r.clone();
        for (int i = 0; i < 50; i++) {
            powers[i] = Math.scalb(1.0, (i * 37) % 61 - 30);
            scaled[i] *= powers[i];
        }
        assertThat(SampleMatrices.applied(new Spai().build(a.scale(powers, null)), scaled))
                .containsExactly(SampleMatrices.applied(new Spai().build(a), r));
    }

    @Test
    void isNearerThanIsaiAndNearerWithThePower() {
        for (String name : new String[] {"convection-diffusion2d", "lognormal2d"}) {
            CsrMatrix a = Gallery.problem(name).generate(8, 1).a();
            double before = distance(new Spai0().build(a), a);
            for (int power = 1; power < 5; power++) {
                double distance = distance(new Spai(power).build(a), a);
                assertThat(distance).as("%s, power %d", name, power).isLessThan(before);
                assertThat(distance).isLessThan(distance(new Isai(power).build(a), a));
                before = distance;
            }
        }
    }

    /** A local matrix is singular, which least squares do not mind. */
    @Test
    void existsWhereIsaiDoesNot() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 1, 0}, {1, 1, 1}, {0, 1, 1}});
        assertThat(distance(new Spai().build(a), a)).isLessThan(1.5);
        assertThat(SampleMatrices.error(a, new Spai(2).build(a))).isLessThan(1e-14);
    }

    @Test
    void namesTheRowThatDoesNotExist() {
        refuses(0, "dependent", new double[][] {{1, 2}, {2, 4}});
        refuses(0, "column 0 is empty", new double[][] {{0, 1}, {0, 1}});
        refuses(1, "dependent", new double[][] {{1, 0, 1}, {0, 1, 1}, {0, 1, 1}});
        CsrMatrix zeros = CsrMatrix.fromDense(new double[][] {{1, 1}, {1, 1}}).withValues(new double[] {0, 1, 0, 1e-3});
        assertThatThrownBy(() -> new Spai().build(zeros)).isInstanceOf(BuildException.class);
    }

    private static void refuses(int row, String reason, double[][] dense) {
        CsrMatrix a = CsrMatrix.fromDense(dense);
        assertThatThrownBy(() -> new Spai().build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(row);
            assertThat(e.found()).contains(reason);
            assertThat(e.advice()).isNotEmpty();
        });
    }

    /** One dense row and column. */
    private static CsrMatrix arrow(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n - 1; i++) {
            rows.add(i, 2).add(n - 1, 1e-3).endRow();
        }
        for (int j = 0; j < n - 1; j++) {
            rows.add(j, 1e-3);
        }
        return rows.add(n - 1, 2).endRow().build();
    }

    @Test
    void refusesASystemThatIsTooLarge() {
        CsrMatrix a = arrow(1100);
        assertThatThrownBy(() -> new Spai(1).build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
            assertThat(e.row()).isEqualTo(1099);
            assertThat(e.advice()).contains("lower power");
        });
    }

    @Test
    void aRebuildKeepsThePatternAndNothingElseDoes() {
        CsrMatrix a = SampleMatrices.randomSpd(60, 2, 0x5a10);
        Preconditioner old = new Spai(2).build(a);
        double[] d = SampleMatrices.wave(60);
        CsrMatrix b = a.scale(d, d);
        assertThat(where(new Spai(2).rebuild(old, b))).isSameAs(where(old));
        assertThat(where(new Spai(1).rebuild(old, b))).isNotSameAs(where(old));
        CsrMatrix wider = b.plus(1, 0, b.times(b));
        assertThat(where(new Spai(2).rebuild(old, wider))).isNotSameAs(where(old));
    }

    /** Formats of many entries are chosen once and kept; their products have the same bits. */
    @Test
    void aRebuildOfALargeMatrixHasTheBitsOfABuild() {
        for (String name : new String[] {"lognormal2d", "fem2d"}) {
            CsrMatrix a = Gallery.problem(name).generate(130, 1).a();
            CsrMatrix b = Gallery.problem("lognormal2d").generate(130, 2).a();
            b = name.equals("fem2d")
                    ? a.withValues(a.scale(twos(a.rows()), twos(a.rows())).values())
                    : b;
            double[] r = SampleMatrices.wave(a.rows());
            Preconditioner rebuilt = new Spai(1).rebuild(new Spai(1).build(a), b);
            assertThat(SampleMatrices.applied(rebuilt, r))
                    .containsExactly(SampleMatrices.applied(new Spai(1).build(b), r));
        }
    }

    private static double[] twos(int n) {
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = 1 + i % 3;
        }
        return d;
    }

    private static SparsityPattern where(Preconditioner m) {
        return ((SparseInverse) m).where();
    }

    /** M⁻¹ A. */
    private static double[][] product(Preconditioner m, CsrMatrix a) {
        double[][] inverse = Dense.of(m);
        double[][] dense = a.toDense();
        int n = a.rows();
        double[][] product = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < n; j++) {
                    product[i][j] += inverse[i][k] * dense[k][j];
                }
            }
        }
        return product;
    }

    /** ‖I − M⁻¹ A‖ in the Frobenius norm. */
    private static double distance(Preconditioner m, CsrMatrix a) {
        double[][] product = product(m, a);
        double sum = 0;
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                double e = product[i][j] - (i == j ? 1 : 0);
                sum += e * e;
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void refusesOtherOptions() {
        assertThatThrownBy(() -> new Spai(0)).hasMessage("power = 0, expected at least 1");
        assertThat(new Spai()).isEqualTo(new Spai(1));
        assertThat(new Spai(3).name()).isEqualTo("Spai(3)");
    }
}
