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

class IsaiTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Isai(2);
    }

    @Test
    void theFullPatternGivesTheInverse() {
        CsrMatrix random = SampleMatrices.random(60, 3, 0x15a1);
        double[][] exact = Dense.inverse(random.toDense());
        double[][] inverse = Dense.of(new Isai(60).build(random));
        for (int i = 0; i < exact.length; i++) {
            assertThat(inverse[i]).containsExactly(exact[i], within(1e-12));
        }
        assertThat(new Isai().build(random).kind()).isEqualTo(Preconditioner.Kind.FIXED);
        CsrMatrix shuffled = SampleMatrices.shuffledColumns(random, 0x15a2);
        assertThat(SampleMatrices.error(shuffled, new Isai(60).build(shuffled))).isLessThan(1e-11);
    }

    /** What defines it, with rows and columns of very different size: (M⁻¹ A)_ij = 1 or 0 at the pattern. */
    @Test
    void everyRowSolvesItsEquations() {
        double[] left = new double[50];
        double[] right = new double[50];
        for (int i = 0; i < 50; i++) {
            left[i] = Math.pow(10, i % 9 - 4);
            right[i] = Math.pow(10, (i * 7) % 11 - 5);
        }
        CsrMatrix plain = SampleMatrices.random(50, 3, 0x15a3);
        CsrMatrix a = plain.scale(left, right);
        for (int power = 1; power <= 3; power++) {
            Preconditioner m = new Isai(power).build(a);
            double[][] product = product(m, a);
            SparsityPattern where = where(m);
            int outside = 0;
            for (int i = 0; i < 50; i++) {
                for (int j = 0; j < 50; j++) {
                    double scaled = product[i][j] * right[i] / right[j];
                    if (where.position(i, j) >= 0) {
                        assertThat(scaled).isEqualTo(i == j ? 1 : 0, within(1e-12));
                    } else {
                        outside += Math.abs(scaled) > 1e-6 ? 1 : 0;
                    }
                }
            }
            assertThat(outside).as("entries off the pattern").isPositive();
        }
    }

    @Test
    void comesNearerToTheInverseWithThePower() {
        for (String name : new String[] {"convection-diffusion2d", "lognormal2d"}) {
            CsrMatrix a = Gallery.problem(name).generate(8, 1).a();
            double before = distance(new Jacobi().build(a), a);
            for (int power = 1; power < 5; power++) {
                double distance = distance(new Isai(power).build(a), a);
                assertThat(distance).as("%s, power %d", name, power).isLessThan(before);
                before = distance;
            }
        }
    }

    /** A is nonsingular, and its leading 2 by 2 block, that of row 0, is not. */
    @Test
    void namesTheRowOfASingularLocalMatrix() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 1, 0}, {1, 1, 1}, {0, 1, 1}});
        assertThatThrownBy(() -> new Isai().build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(0);
            assertThat(e.advice()).contains("Spai", "Matched");
        });
        assertThat(SampleMatrices.error(a, new Isai(2).build(a))).isLessThan(1e-14);
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
        assertThatThrownBy(() -> new Isai(1).build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
            assertThat(e.row()).isEqualTo(1099);
            assertThat(e.advice()).contains("lower power");
        });
    }

    @Test
    void aRebuildKeepsThePatternAndNothingElseDoes() {
        CsrMatrix a = SampleMatrices.randomSpd(60, 2, 0x5a10);
        Preconditioner old = new Isai(2).build(a);
        double[] d = SampleMatrices.wave(60);
        CsrMatrix b = a.scale(d, d);
        assertThat(where(new Isai(2).rebuild(old, b))).isSameAs(where(old));
        assertThat(where(new Isai(1).rebuild(old, b))).isNotSameAs(where(old));
        CsrMatrix wider = b.plus(1, 0, b.times(b));
        assertThat(where(new Isai(2).rebuild(old, wider))).isNotSameAs(where(old));
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
            Preconditioner rebuilt = new Isai(1).rebuild(new Isai(1).build(a), b);
            assertThat(SampleMatrices.applied(rebuilt, r))
                    .containsExactly(SampleMatrices.applied(new Isai(1).build(b), r));
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
        assertThatThrownBy(() -> new Isai(0)).hasMessage("power = 0, expected at least 1");
        assertThat(new Isai()).isEqualTo(new Isai(1));
        assertThat(new Isai(3).name()).isEqualTo("Isai(3)");
    }
}
