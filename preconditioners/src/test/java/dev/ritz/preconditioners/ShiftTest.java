package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The shift of pivots in incomplete LU factors. */
class ShiftTest {
    private static final double SHARE = 0.25;

    private static List<PreconditionerFactory> factories(double shift) {
        return List.of(
                new Ilu0().withShift(shift),
                new Ilu0(Precision.FLOAT, shift),
                new Milu0().withShift(shift),
                new Milu0(0).withShift(shift),
                new Iluk(0).withShift(shift),
                new Iluk(1).withShift(shift),
                new Iluk(2, 0.5, Precision.DOUBLE, shift),
                new Ilut().withShift(shift),
                new Ilut(0, 50, Precision.FLOAT, shift));
    }

    /** Random signs and sizes, every third row with a zero on the diagonal, every fourth without one. */
    private static CsrMatrix weak(int n, Random random) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add((i + 1 + random.nextInt(n - 1)) % n, random.nextGaussian());
            rows.add((i + 1 + random.nextInt(n - 1)) % n, random.nextGaussian());
            if (i % 4 != 0) {
                rows.add(i, i % 3 == 0 ? 0 : random.nextGaussian());
            }
            rows.endRow();
        }
        return rows.build();
    }

    private static boolean finite(double[] z) {
        for (double zi : z) {
            if (!(Math.abs(zi) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void zeroPivotsFailWithoutAndFactorWithIt() {
        CsrMatrix zero = CsrMatrix.fromDense(new double[][] {{0, 2, 0}, {1, 3, 1}, {0, 1, 5}});
        CsrMatrix cancels = CsrMatrix.fromDense(new double[][] {{1, 2, 0}, {2, 4, 1}, {0, 1, 5}});
        for (CsrMatrix a : List.of(zero, cancels)) {
            for (int k = 0; k < factories(0).size(); k++) {
                PreconditionerFactory without = factories(0).get(k);
                boolean relaxed = without instanceof Milu0 || without instanceof Iluk f && f.omega() > 0;
                if (a == zero || !relaxed) {
                    assertThatThrownBy(() -> without.build(a))
                            .as(without.toString())
                            .isInstanceOfSatisfying(
                                    BuildException.class,
                                    e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT))
                            .hasMessageContaining("shift");
                }
                Preconditioner m = factories(SHARE).get(k).build(a);
                assertThat(finite(SampleMatrices.applied(m, new double[] {1, 2, 3})))
                        .isTrue();
                assertThat(m.note()).as(without.toString()).isEqualTo("pivots shifted: 1");
            }
        }
    }

    /** By hand: u_00 = 0.25 · 2, l_10 = 1 / 0.5, u_11 = 3 − 2 · 2 = −1, which is above 0.25 · 3 in size. */
    @Test
    void aSmallPivotBecomesAShareOfTheLargestEntryOfItsRow() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{0.1, 2}, {1, 3}});
        CsrMatrix negative = CsrMatrix.fromDense(new double[][] {{-0.1, 2}, {1, 3}});
        for (PreconditionerFactory f : List.of(
                new Ilu0().withShift(SHARE),
                new Iluk(1).withShift(SHARE),
                new Ilut(0, 2).withShift(SHARE),
                new Milu0(0).withShift(SHARE))) {
            // M = L U with L = (1 0; 2 1) and U = (0.5 2; 0 −1), so M = (0.5 2; 1 3)
            assertThat(SampleMatrices.applied(f.build(a), new double[] {2.5, 4}))
                    .containsExactly(new double[] {1, 1}, within(1e-14));
            // the sign is kept: M = (−0.5 2; 1 3)
            assertThat(SampleMatrices.applied(f.build(negative), new double[] {1.5, 4}))
                    .containsExactly(new double[] {1, 1}, within(1e-14));
        }
    }

    @Test
    void noPivotBelowItNoDifference() {
        CsrMatrix a = SampleMatrices.random(120, 3, 0x5f1f); // dominant
        double[] r = SampleMatrices.wave(120);
        for (int k = 0; k < factories(0).size(); k++) {
            Preconditioner m = factories(1e-3).get(k).build(a);
            assertThat(m.note()).isEmpty();
            assertThat(SampleMatrices.applied(m, r))
                    .containsExactly(SampleMatrices.applied(factories(0).get(k).build(a), r));
        }
    }

    /** What comes of it is finite, or a typed failure that says why not. */
    @Test
    void factorsAreFiniteWhateverTheDiagonal() {
        Random random = new Random(0x5f20);
        int built = 0;
        for (int trial = 0; trial < 60; trial++) {
            CsrMatrix a = weak(2 + random.nextInt(60), random);
            double[] r = random.doubles(a.rows(), -1, 1).toArray();
            for (PreconditionerFactory f : factories(trial % 2 == 0 ? 1e-8 : 0.1)) {
                try {
                    Preconditioner m = f.build(a);
                    assertThat(finite(SampleMatrices.applied(m, r)))
                            .as("%s, trial %d", f, trial)
                            .isTrue();
                    built++;
                } catch (BuildException e) {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
                }
            }
        }
        assertThat(built).isGreaterThan(500);
    }

    @Test
    void aRowOfZerosHasNoPivot() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 2}, {0, 0}});
        for (PreconditionerFactory f : factories(SHARE)) {
            assertThatThrownBy(() -> f.build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
                assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                assertThat(e.row()).isEqualTo(1);
            });
        }
    }

    /** Also of a pattern without the whole diagonal, which level 0 has to complete, and out of factors without a shift. */
    @Test
    void aRebuildHasTheBitsOfABuild() {
        Random random = new Random(0x5f21);
        CsrMatrix a = weak(40, random);
        double[] values = a.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 + random.nextDouble();
        }
        CsrMatrix next = a.withValues(values);
        double[] r = SampleMatrices.wave(40);
        List<Preconditioner> olds = new ArrayList<>();
        for (PreconditionerFactory f : factories(0.1)) {
            Preconditioner old = f.build(a);
            olds.add(old);
            assertThat(SampleMatrices.applied(f.rebuild(old, next), r))
                    .containsExactly(SampleMatrices.applied(f.build(next), r));
        }
        assertThatThrownBy(() -> new Ilu0().rebuild(olds.get(0), next))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("not stored");
    }

    @Test
    void refusesOtherShares() {
        for (double shift : new double[] {-1e-3, 1, Double.NaN}) {
            String message = "shift = " + shift + ", expected a number in [0, 1)";
            assertThatThrownBy(() -> new Ilu0().withShift(shift)).hasMessage(message);
            assertThatThrownBy(() -> new Milu0().withShift(shift)).hasMessage(message);
            assertThatThrownBy(() -> new Iluk().withShift(shift)).hasMessage(message);
            assertThatThrownBy(() -> new Ilut().withShift(shift)).hasMessage(message);
        }
    }
}
