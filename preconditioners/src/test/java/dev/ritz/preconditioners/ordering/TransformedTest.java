package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.BlockJacobi;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransformedTest {
    private static final DenseLu LU = new DenseLu(Kind.FIXED);

    /** With an exact inner inverse, M⁻¹ A x = x whatever was permuted and scaled. */
    private static double inverseError(CsrMatrix a, Preconditioner m, Random random) {
        int n = a.rows();
        double[] x = random.doubles(n, 1, 2).toArray();
        double[] b = new double[n];
        double[] z = new double[n];
        a.apply(x, b);
        double[] before = b.clone();
        double worst = 0;
        for (int twice = 0; twice < 2; twice++) {
            Arrays.fill(z, Double.NaN);
            m.apply(b, z);
            assertThat(b).containsExactly(before);
            for (int i = 0; i < n; i++) {
                double e = Math.abs(z[i] - x[i]);
                worst = e <= worst ? worst : e; // NaN sticks
            }
        }
        return worst;
    }

    /** Dominant along a random transversal, so that elimination needs no pivoting once rows are matched. */
    private static CsrMatrix hidden(int n, Random random) {
        int[] p = Samples.shuffled(n, random);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = random.nextInt(4) == 0 ? random.nextDouble() - 0.5 : 0;
            }
            a[i][p[i]] = n;
        }
        double[] r = random.doubles(n, -6, 6).map(e -> Math.pow(10, e)).toArray();
        double[] c = random.doubles(n, -2, 2).map(e -> Math.pow(10, e)).toArray();
        return CsrMatrix.fromDense(a).scale(r, c);
    }

    private static double[][] columns(Preconditioner m) {
        double[][] all = new double[m.size()][m.size()];
        for (int j = 0; j < m.size(); j++) {
            double[] e = new double[m.size()];
            e[j] = 1;
            m.apply(e, all[j]);
        }
        return all;
    }

    @Test
    void anExactInnerInverseStaysExact() {
        Random random = new Random(0x1a7ed);
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + random.nextInt(40);
            CsrMatrix a = hidden(n, random);
            assertThat(inverseError(a, new Matched(LU, trial % 2 == 0).build(a), random))
                    .as("trial " + trial)
                    .isLessThan(1e-8);
        }
        CsrMatrix spd = Samples.poisson(6, 5).permute(Samples.shuffled(30, random));
        double[] d = random.doubles(30, -5, 5).map(e -> Math.pow(10, e)).toArray();
        for (PreconditionerFactory f : List.of(new Reordered(LU), new Scaled(LU), new Scaled(new Reordered(LU)))) {
            CsrMatrix a = f instanceof Reordered ? spd : spd.scale(d, d);
            assertThat(inverseError(a, f.build(a), random)).as(f.name()).isLessThan(1e-4);
        }
    }

    @Test
    void rebuildGivesTheBitsOfBuildAlsoWhenTheMatchingChanges() {
        Random random = new Random(0x2eb);
        CsrMatrix a = hidden(25, random);
        double[] values = a.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 + 0.1 * random.nextDouble();
        }
        for (CsrMatrix next : List.of(a.withValues(values), hidden(25, random), hidden(7, random))) {
            for (PreconditionerFactory f : List.of(new Matched(LU), new Matched(LU, false))) {
                double[][] fresh = columns(f.build(next));
                assertThat(columns(f.rebuild(f.build(a), next))).isDeepEqualTo(fresh);
                assertThat(columns(f.rebuild(Preconditioner.identity(25), next)))
                        .isDeepEqualTo(fresh);
            }
        }
    }

    /** The inner factory gets the old inner preconditioner back, not the wrapper. */
    @Test
    void rebuildHandsTheInnerPreconditionerOn() {
        CsrMatrix a = Samples.poisson(3, 3);
        Preconditioner[] seen = new Preconditioner[2];
        PreconditionerFactory watching = new PreconditionerFactory() {
            @Override
            public Preconditioner build(CsrMatrix b) {
                return seen[0] = Preconditioner.identity(b.rows());
            }

            @Override
            public Preconditioner rebuild(Preconditioner old, CsrMatrix b) {
                seen[1] = old;
                return old;
            }
        };
        for (PreconditionerFactory f : List.of(new Matched(watching), new Scaled(watching), new Reordered(watching))) {
            f.rebuild(f.build(a), a);
            assertThat(seen[1]).isSameAs(seen[0]);
        }
    }

    @Test
    void congruenceKeepsTheKindAndMatchingKeepsAllButSymmetry() {
        CsrMatrix a = Samples.poisson(3, 3);
        for (Kind kind : Kind.values()) {
            DenseLu inner = new DenseLu(kind);
            assertThat(new Scaled(inner).build(a).kind()).isEqualTo(kind);
            assertThat(new Reordered(inner).build(a).kind()).isEqualTo(kind);
            assertThat(new Matched(inner).build(a).kind()).isEqualTo(kind == Kind.SPD ? Kind.FIXED : kind);
        }
    }

    @Test
    void nameNoteAndBytesTellWhatWasDone() {
        CsrMatrix shift = CsrMatrix.fromDense(new double[][] {{0, 2, 0}, {0, 0, 3}, {4, 0, 0}});
        Preconditioner m = new Matched(LU).build(shift);
        assertThat(m.name()).isEqualTo("Matched(Factors)");
        assertThat(m.note()).contains("moving 3 of 3 rows").contains("Cuthill").endsWith("exact");
        assertThat(m.bytes()).isEqualTo(3 * (32 + 8) + 72);
        assertThat(new Matched(LU, false).build(shift).note()).doesNotContain("Cuthill");
        assertThat(new Matched(LU).name()).isEqualTo("Matched(DenseLu)");
        assertThat(new Scaled(LU).build(CsrMatrix.identity(3)).bytes()).isEqualTo(3 * 24 + 72);
        assertThat(new Reordered(LU).build(CsrMatrix.identity(3)).bytes()).isEqualTo(3 * 20 + 72);
    }

    @Test
    void innerFailuresNameTheRowOfTheCaller() {
        // row 2 is empty; columns 0 and 1 are matched to rows 1 and 0, so column 2 is left for row 2
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{0, 2, 1}, {5, 0, 0}, {0, 0, 0}, {0, 0, 0}})
                .submatrix(new int[] {0, 2, 1}, new int[] {0, 1, 2});
        for (boolean reorder : new boolean[] {false, true}) {
            assertThatThrownBy(() -> new Matched(LU, reorder).build(a))
                    .isInstanceOfSatisfying(BuildException.class, e -> {
                        assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                        assertThat(e.row()).isEqualTo(1);
                        assertThat(e.getCause()).isInstanceOf(BuildException.class);
                    })
                    .hasMessageStartingWith("row 1")
                    .hasMessageContaining("structural rank 2");
        }
        PreconditionerFactory noRow = b -> {
            throw new BuildException(BuildException.Reason.TOO_LARGE, -1, "too large");
        };
        assertThatThrownBy(() -> new Reordered(noRow).build(CsrMatrix.identity(2)))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.row()).isEqualTo(-1))
                .hasMessageStartingWith("too large");
    }

    @Test
    void adviceThatIsTakenAlreadyIsNotGiven() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 1}, {0, 0}}); // no matching fills the diagonal
        for (PreconditionerFactory inner : List.of(new Jacobi(), new Ilu0(), new BlockJacobi(1))) {
            assertThatThrownBy(() -> inner.build(a)).hasMessageContaining("Matched");
            assertThatThrownBy(() -> new Matched(inner).build(a))
                    .isInstanceOfSatisfying(
                            BuildException.class, e -> assertThat(e.advice()).contains("inside, such as Ilutp"))
                    .hasMessageContaining("structural rank 1")
                    .hasMessageNotContaining("Matched");
            assertThatThrownBy(() -> new Reordered(inner).build(a))
                    .hasMessageMatching("row .*Cuthill-McKee.*; try .*Matched.*");
        }
    }

    @Test
    void sizeZeroNotSquareNotFinite() {
        for (PreconditionerFactory f : List.of(new Matched(LU), new Scaled(LU), new Reordered(LU))) {
            Preconditioner empty = f.build(CsrMatrix.identity(0));
            empty.apply(new double[0], new double[0]);
            assertThat(empty.size()).isZero();
            assertThatThrownBy(() -> f.build(CsrMatrix.fromDense(new double[][] {{1, 2}})))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        CsrMatrix nan = CsrMatrix.fromDense(new double[][] {{Double.NaN}});
        assertThatThrownBy(() -> new Matched(LU).build(nan)).isInstanceOf(BuildException.class);
        assertThatThrownBy(() -> new Scaled(LU).build(nan)).isInstanceOf(BuildException.class);
        assertThatThrownBy(() -> new Matched(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new Scaled(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new Reordered(null)).isInstanceOf(NullPointerException.class);
    }

    /** Elimination without pivoting meets a zero diagonal at once; behind the matching it runs through. */
    @Test
    void matchingOpensEliminationToZeroDiagonals() throws IOException {
        for (String file : new String[] {"west0067.mtx", "west0479.mtx"}) {
            Optional<CsrMatrix> a = Samples.real(file);
            if (a.isPresent()) {
                assertThatThrownBy(() -> LU.build(a.get())).isInstanceOf(BuildException.class);
                assertThat(inverseError(a.get(), new Matched(LU).build(a.get()), new Random(0x67)))
                        .as(file)
                        .isLessThan(1e-2);
            }
        }
    }
}
