package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Ssor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Orders and scalings of the caller's. */
class GivenTransformsTest {
    private static final CsrMatrix GRID = Samples.poisson(5, 4);

    private static double[] applied(Preconditioner m, double[] r) {
        double[] z = new double[r.length];
        Arrays.fill(z, Double.NaN);
        m.apply(r, z);
        return z;
    }

    private static double[] random(int n) {
        return new Random(0x61fe).doubles(n, -1, 1).toArray();
    }

    @Test
    void theOrderGivenIsTheOrderOfTheInnerMatrix() {
        Random random = new Random(0x0dde4);
        for (int trial = 0; trial < 20; trial++) {
            int[] p = Samples.shuffled(20, random);
            double[] r = random(20);
            double[] permuted = new double[20];
            for (int k = 0; k < 20; k++) {
                permuted[k] = r[p[k]];
            }
            double[] inner = applied(new Ssor(1.4).build(GRID.permute(p)), permuted);
            Preconditioner m = new Permuted(p, new Ssor(1.4)).build(GRID);
            double[] z = applied(m, r);
            for (int k = 0; k < 20; k++) {
                assertThat(z[p[k]]).isEqualTo(inner[k]);
            }
            assertThat(m.kind()).isEqualTo(Kind.SPD);
        }
        int[] rcm = ReverseCuthillMcKee.order(GRID.pattern());
        assertThat(applied(new Permuted(rcm, new Ilu0()).build(GRID), random(20)))
                .as("what Reordered finds")
                .containsExactly(applied(new Reordered(new Ilu0()).build(GRID), random(20)));
    }

    @Test
    void anExactInverseStaysExactBehindScales() {
        double[] left = new Random(1).doubles(20, 0.1, 10).toArray();
        double[] right = new Random(2).doubles(20, -10, -0.1).toArray();
        double[] x = random(20);
        double[] b = new double[20];
        GRID.apply(x, b);
        double[] z = applied(new ScaledBy(left, right, new DenseLu(Kind.FIXED)).build(GRID), b);
        for (int i = 0; i < 20; i++) {
            assertThat(Math.abs(z[i] - x[i])).isLessThan(1e-12);
        }
    }

    @Test
    void onlyEqualScalesKeepSymmetry() {
        double[] s = new Random(3).doubles(20, 0.5, 2).toArray();
        double[] t = s.clone();
        t[7] = -t[7];
        for (Kind kind : Kind.values()) {
            DenseLu inner = new DenseLu(kind);
            assertThat(new ScaledBy(s, inner).build(GRID).kind()).isEqualTo(kind);
            assertThat(new ScaledBy(s, s.clone(), inner).build(GRID).kind()).isEqualTo(kind);
            assertThat(new ScaledBy(s, t, inner).build(GRID).kind()).isEqualTo(kind == Kind.SPD ? Kind.FIXED : kind);
        }
    }

    @Test
    void rebuildGivesTheBitsOfABuild() {
        int[] p = Samples.shuffled(20, new Random(5));
        double[] s = new Random(6).doubles(20, 0.5, 2).toArray();
        CsrMatrix next = GRID.scale(s, s);
        double[] r = random(20);
        for (var f : java.util.List.of(new Permuted(p, new Ilu0()), new ScaledBy(s, new Ilu0()))) {
            assertThat(applied(f.rebuild(f.build(GRID), next), r)).containsExactly(applied(f.build(next), r));
        }
    }

    @Test
    void failuresNameTheRowOfTheCaller() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 1, 0}});
        assertThatThrownBy(() -> new Permuted(new int[] {2, 0, 1}, new Jacobi()).build(a))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.row()).isEqualTo(2))
                .hasMessageStartingWith("row 2, which is row 0 of the transformed matrix");
        CsrMatrix large = CsrMatrix.fromDense(new double[][] {{1, 0}, {0, 1e200}});
        assertThatThrownBy(() -> new ScaledBy(new double[] {1, 1e200}, new Jacobi()).build(large))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
                    assertThat(e.row()).isEqualTo(1);
                });
    }

    @Test
    void ordersAreChecked() {
        for (int[] bad : new int[][] {{0, 1, 1}, {0, 3, 1}, {-1, 0, 1}}) {
            assertThatThrownBy(() -> new Permuted(bad, new Jacobi()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a permutation of 0 to 2");
        }
        assertThatThrownBy(() -> new Permuted(new int[] {1, 0}, new Jacobi()).build(GRID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order has length 2, the matrix has 20 rows");
        assertThatThrownBy(() -> new Permuted(null, new Jacobi())).isInstanceOf(NullPointerException.class);
        CsrMatrix wide = CsrMatrix.fromDense(new double[][] {{1, 2}});
        assertThatThrownBy(() -> new Permuted(new int[] {0}, new Jacobi()).build(wide))
                .isInstanceOf(IllegalArgumentException.class);
        int[] order = {1, 0};
        Permuted kept = new Permuted(order, new Jacobi());
        order[0] = 0;
        kept.order()[0] = 0;
        assertThat(kept.order()).containsExactly(1, 0);
        assertThat(kept).isEqualTo(new Permuted(new int[] {1, 0}, new Jacobi())).hasToString(kept.toString());
        assertThat(kept.hashCode()).isEqualTo(new Permuted(new int[] {1, 0}, new Jacobi()).hashCode());
        assertThat(kept).isNotEqualTo(new Permuted(new int[] {0, 1}, new Jacobi()));
    }

    @Test
    void scalesAreChecked() {
        for (double bad : new double[] {0, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> new ScaledBy(new double[] {1, bad}, new double[] {1, 1}, new Jacobi()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rowScale[1] = " + bad + ", expected a finite number other than 0");
            assertThatThrownBy(() -> new ScaledBy(new double[] {1, 1}, new double[] {bad, 1}, new Jacobi()))
                    .hasMessageStartingWith("colScale[0] = " + bad);
        }
        assertThatThrownBy(() -> new ScaledBy(new double[] {1}, new double[] {1, 1}, new Jacobi()))
                .hasMessageContaining("expected the same");
        assertThatThrownBy(() -> new ScaledBy(new double[] {1}, new Jacobi()).build(GRID))
                .hasMessage("rowScale has length 1, the matrix has 20 rows");
        double[] s = {2};
        ScaledBy kept = new ScaledBy(s, new Jacobi());
        s[0] = 3;
        kept.rowScale()[0] = 4;
        kept.colScale()[0] = 4;
        assertThat(kept).isEqualTo(new ScaledBy(new double[] {2}, new Jacobi()));
        assertThat(kept.hashCode()).isEqualTo(new ScaledBy(new double[] {2}, new Jacobi()).hashCode());
        assertThat(kept).isNotEqualTo(new ScaledBy(new double[] {3}, new Jacobi()));
        assertThat(kept.build(CsrMatrix.identity(1)).name()).isEqualTo("ScaledBy(Jacobi)");
        assertThat(kept.name()).isEqualTo("ScaledBy(Jacobi)");
    }
}
