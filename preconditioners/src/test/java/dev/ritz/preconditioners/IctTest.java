package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IctTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ict(1e-2, 3);
    }

    @Test
    void withoutAThresholdItIsTheFactorisationItself() {
        CsrMatrix random = SampleMatrices.randomSpd(90, 3, 0x1c70);
        for (CsrMatrix a : new CsrMatrix[] {
            random, Gallery.problem("elasticity2d").generate(6, 1).a()
        }) {
            Preconditioner m = new Ict(0, a.rows()).build(a);
            assertThat(SampleMatrices.error(a, m)).isLessThan(1e-9);
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
            assertThat(m.note()).isEmpty();
            assertThat(SampleMatrices.error(a, new Ict(1e-2, a.rows()).build(a)))
                    .isGreaterThan(1e-6);
            assertThat(SampleMatrices.error(a, new Ict(0, 0).build(a))).isGreaterThan(1e-6);
        }
        double[][] exact = Dense.inverse(random.toDense());
        double[][] inverse = Dense.of(new Ict(0, 90).build(random));
        for (int i = 0; i < exact.length; i++) {
            assertThat(inverse[i]).containsExactly(exact[i], within(1e-12));
        }
    }

    /** Dense, by definition: eliminate, and drop what is small beside the diagonal of A. */
    @Test
    void dropsWhatTheDefinitionDrops() {
        int n = 40;
        CsrMatrix a = SampleMatrices.randomSpd(n, 4, 0x1c71);
        double[] diagonal = a.diagonal();
        for (double tolerance : new double[] {0.01, 0.05}) {
            double[][] u = a.toDense();
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    double scaled = Math.abs(u[i][j]) / Math.sqrt(diagonal[i]) / Math.sqrt(diagonal[j]);
                    u[i][j] = scaled <= tolerance ? 0 : u[i][j];
                }
                for (int r = i + 1; r < n; r++) {
                    for (int j = r; j < n; j++) {
                        u[r][j] -= u[i][r] / u[i][i] * u[i][j];
                    }
                }
            }
            TriangularPattern s = ((TriangularFactors) new Ict(tolerance, n).build(a)).symbolic();
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    assertThat(s.pattern.position(i, j) >= 0)
                            .as("entry (%d, %d)", i, j)
                            .isEqualTo(u[i][j] != 0);
                    assertThat(s.pattern.position(j, i) >= 0).isEqualTo(u[i][j] != 0);
                }
            }
        }
    }

    @Test
    void noRowExceedsItsLimit() {
        CsrMatrix a = Gallery.problem("fem2d").generate(14, 1).a();
        int[] diagonal = a.pattern().diagonalPositions();
        for (int fill : new int[] {0, 1, 4}) {
            TriangularPattern s = ((TriangularFactors) new Ict(0, fill).build(a)).symbolic();
            int full = 0;
            for (int i = 0; i < a.rows(); i++) {
                int right = s.pattern.rowPtr()[i + 1] - s.diagonal[i] - 1;
                int most = a.rowPtr()[i + 1] - diagonal[i] - 1 + fill;
                assertThat(right).isLessThanOrEqualTo(most);
                full += right == most ? 1 : 0;
            }
            assertThat(full).as("rows as long as allowed").isGreaterThan(a.rows() / 2);
        }
    }

    @Test
    void iterationsFallWithTheThresholdAndTheFill() {
        for (String name : new String[] {"lognormal2d", "fem2d"}) {
            LinearSystem system = Gallery.problem(name).generate(48, 3);
            int before = Integer.MAX_VALUE;
            for (double tolerance : new double[] {1e-1, 1e-2, 1e-3, 1e-4}) {
                int iterations = ReferenceCg.iterations(system, new Ict(tolerance, system.size()).build(system.a()));
                assertThat(iterations).as("%s, tolerance %s", name, tolerance).isLessThan(before);
                before = iterations;
            }
            before = Integer.MAX_VALUE;
            for (int fill : new int[] {0, 2, 5, 10}) {
                int iterations = ReferenceCg.iterations(system, new Ict(0, fill).build(system.a()));
                assertThat(iterations).as("%s, fill %d", name, fill).isLessThan(before);
                before = iterations;
            }
        }
    }

    /** S A S with powers of two: M becomes S M S to the last bit. */
    @Test
    void scalingDoesNotChangeWhatIsDropped() {
        CsrMatrix a = SampleMatrices.randomSpd(100, 4, 0x1c72);
        double[] powers = new double[100];
        double[] r = SampleMatrices.wave(100);
        double[] scaled = r.clone();
        for (int i = 0; i < 100; i++) {
            powers[i] = Math.scalb(1.0, (i * 37) % 61 - 30);
            scaled[i] *= powers[i];
        }
        double[] z = SampleMatrices.applied(new Ict(1e-2, 2).build(a.scale(powers, powers)), scaled);
        for (int i = 0; i < 100; i++) {
            z[i] *= powers[i];
        }
        assertThat(z).containsExactly(SampleMatrices.applied(new Ict(1e-2, 2).build(a), r));
    }

    /** M·1 = A·1 whatever was dropped, by threshold or for want of room. */
    @Test
    void withOmegaOneRowSumsAreKept() {
        for (String problem : new String[] {"poisson2d", "lognormal2d"}) {
            CsrMatrix a = Gallery.problem(problem).generate(20, 1).a();
            double[] ones = new double[a.rows()];
            Arrays.fill(ones, 1);
            double[] sums = new double[a.rows()];
            a.apply(ones, sums);
            for (Ict f : new Ict[] {new Ict(0.1, 0), new Ict(0.05, 10), new Ict(0, 1)}) {
                Preconditioner modified = f.withOmega(1).build(a);
                assertThat(modified.note()).as(problem).isEmpty();
                assertThat(SampleMatrices.applied(modified, sums)).containsExactly(ones, within(1e-10));
                double[] plain = SampleMatrices.applied(f.build(a), sums);
                assertThat(Arrays.equals(plain, ones)).isFalse();
                assertThat(plain[a.rows() / 2]).isNotCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void omegaSavesIterationsOnEllipticProblems() {
        for (String problem : new String[] {"poisson2d", "lognormal2d"}) {
            LinearSystem system = Gallery.problem(problem).generate(64, 1);
            int plain = ReferenceCg.iterations(system, new Ict(1e-2, 5).build(system.a()));
            int modified = ReferenceCg.iterations(
                    system, new Ict(1e-2, 5).withOmega(0.95).build(system.a()));
            assertThat(modified).as(problem).isLessThan(3 * plain / 4);
        }
    }

    /** Kershaw's matrix (1978) has a negative pivot without fill. */
    @Test
    void shiftsWhereAPivotIsNegative() {
        CsrMatrix kershaw =
                CsrMatrix.fromDense(new double[][] {{3, -2, 0, 2}, {-2, 3, -2, 0}, {0, -2, 3, -2}, {2, 0, -2, 3}});
        Preconditioner m = new Ict(0, 0).build(kershaw);
        assertThat(m.note()).startsWith("factored A + ").endsWith(" diag(A)");
        assertThat(new Ict(0, 1).build(kershaw).note()).isEmpty();
        double[][] inverse = Dense.of(m);
        for (int i = 0; i < 4; i++) {
            assertThat(inverse[i][i]).isPositive();
        }
        CsrMatrix hopeless = CsrMatrix.fromDense(new double[][] {{1, 100}, {100, 1}});
        assertThatThrownBy(() -> new Ict().build(hopeless)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE);
            assertThat(e.row()).isEqualTo(1);
            assertThat(e.found()).contains("-9999.0");
            assertThat(e.advice()).contains("Ilut");
        });
    }

    /** The shifted factorisation is that of the shifted matrix. */
    @Test
    void theNoteTellsTheMatrixThatWasFactored() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 2}, {2, 1}});
        Preconditioner m = new Ict(0, 2).build(a);
        double alpha = Double.parseDouble(m.note().replaceAll("[^0-9.]*([0-9.]+) diag.*", "$1"));
        assertThat(alpha).isGreaterThan(1).isLessThan(2.1);
        CsrMatrix shifted = CsrMatrix.fromDense(new double[][] {{1 + alpha, 2}, {2, 1 + alpha}});
        assertThat(SampleMatrices.error(shifted, m)).isLessThan(1e-14);
    }

    @Test
    void namesWhatOverflows() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 1e200, 1e200}, {1e200, 1e300, 0}, {1e200, 0, 1e300}});
        assertThatThrownBy(() -> new Ict(0, 3).build(a)).isInstanceOf(BuildException.class);
    }

    @Test
    void refusesOtherOptionsAndMatrices() {
        for (double tolerance : new double[] {-1e-3, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Ict(tolerance, 1))
                    .hasMessage("dropTolerance = " + tolerance + ", expected a number in [0, 1)");
        }
        assertThatThrownBy(() -> new Ict(0, -1)).hasMessage("fill = -1, expected at least 0");
        for (double omega : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Ict().withOmega(omega))
                    .hasMessage("omega = " + omega + ", expected a number in [0, 1]");
        }
        assertThatThrownBy(() -> new Ict(0, 1, null)).hasMessage("precision");
        assertThat(new Ict()).isEqualTo(new Ict(1e-3, 10, Precision.DOUBLE));
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(5, 1).a();
        assertThatThrownBy(() -> new Ict().build(a)).hasMessageContaining("not symmetric");
    }
}
