package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OtherProblemsTest {

    @Test
    void finiteElementsConvergeWithSecondOrder() {
        double[] errors = new double[2];
        int[] sides = {7, 15};
        for (int k = 0; k < 2; k++) {
            LinearSystem s = FiniteElements.fem2d(sides[k], 0.2, 0xfe);
            FiniteElements.Triangles mesh = FiniteElements.Triangles.unstructured(sides[k], 0.2, 0xfe);
            double[] x = Dense.solve(s.a(), s.b());
            double sum = 0;
            for (int v = 0; v < mesh.points(); v++) {
                if (mesh.unknown(v) >= 0) {
                    double e = x[mesh.unknown(v)] - Math.sin(Math.PI * mesh.x(v)) * Math.sin(Math.PI * mesh.y(v));
                    sum += e * e;
                }
            }
            errors[k] = Math.sqrt(sum) / sides[k];
        }
        assertThat(errors[0] / errors[1]).isBetween(3.0, 5.5);
    }

    @Test
    void finiteElementsOnStraightTrianglesAreTheFivePointStencil() {
        CsrMatrix a = FiniteElements.fem2d(6, 0, 0xfe2).a();
        double[] diagonal = a.diagonal();
        for (double d : diagonal) {
            assertThat(d).isEqualTo(4, within(1e-13));
        }
        double[] sorted = a.values().clone();
        Arrays.sort(sorted);
        assertThat(sorted[0]).isEqualTo(-1, within(1e-13));
    }

    @Test
    void finiteElementsAreSymmetricPositiveDefiniteOnEveryTriangleOfPositiveArea() {
        CsrMatrix a = FiniteElements.fem2d(10, 0.24, 0xfe3).a();
        assertThat(a.asymmetry()).isLessThan(1e-15);
        assertThat(Dense.negativeEigenvalues(a)).isZero();
        FiniteElements.Triangles mesh = FiniteElements.Triangles.unstructured(30, 0.24, 0xfe4);
        double total = 0;
        for (int t = 0; t < mesh.count(); t++) {
            double doubled = mesh.gradients(t, new double[3], new double[3]);
            assertThat(doubled).isPositive();
            total += doubled / 2;
        }
        assertThat(total).isEqualTo(1, within(1e-12));
        assertThatThrownBy(() -> FiniteElements.fem2d(5, 0.25, 1)).hasMessageContaining("jitter = 0.25");
    }

    @Test
    void freePlateHasTheRigidMotionsAsItsNullSpace() {
        int n = 5;
        CsrMatrix a = FiniteElements.freeElasticity2d(n, 0.3).a();
        double[][] motions = new double[3][a.rows()];
        for (int i = 0; i < (n + 1) * (n + 1); i++) {
            int x = i % (n + 1);
            int y = i / (n + 1);
            motions[0][2 * i] = 1;
            motions[1][2 * i + 1] = 1;
            motions[2][2 * i] = -y;
            motions[2][2 * i + 1] = x;
        }
        for (double[] motion : motions) {
            assertThat(Dense.max(Dense.apply(a, motion))).isLessThan(1e-13);
        }
        double[] stretch = new double[a.rows()];
        for (int i = 0; i < stretch.length; i += 2) {
            stretch[i] = i / 2 % (n + 1);
        }
        assertThat(Dense.max(Dense.apply(a, stretch))).isGreaterThan(0.1);
    }

    @Test
    void plateStretchesAsHookeSays() {
        // uniform stress on x = 1: ε_xx = 1 with Poisson's ratio 0, so u_x = x solves with end forces only
        int n = 4;
        CsrMatrix a = FiniteElements.freeElasticity2d(n, 0).a();
        double[] u = new double[a.rows()];
        for (int i = 0; i < (n + 1) * (n + 1); i++) {
            u[2 * i] = i % (n + 1) / (double) n;
        }
        double[] force = Dense.apply(a, u);
        double right = 0;
        for (int y = 0; y <= n; y++) {
            right += force[2 * (n + (n + 1) * y)];
        }
        assertThat(right).isEqualTo(1, within(1e-13)); // E · ε · height
    }

    @Test
    void clampedPlateIsPositiveDefiniteAndSags() {
        LinearSystem s = FiniteElements.elasticity2d(6, 0.3);
        assertThat(s.size()).isEqualTo(2 * 6 * 7);
        assertThat(s.a().asymmetry()).isZero();
        assertThat(Dense.negativeEigenvalues(s.a())).isZero();
        double[] u = Dense.solve(s.a(), s.b());
        for (int i = 1; i < u.length; i += 2) {
            assertThat(u[i]).isNegative();
        }
        double weight = 0;
        for (double v : FiniteElements.freeElasticity2d(6, 0.3).b()) {
            weight -= v;
        }
        assertThat(weight).isEqualTo(1, within(1e-14));
    }

    @Test
    void randomSpdIsWhatItSays() {
        LinearSystem s = RandomSystems.randomSpd(80, 3, 0.1, 0x5bd);
        assertThat(s.a().asymmetry()).isZero();
        assertThat(Dense.negativeEigenvalues(s.a().plus(1, -0.0999, CsrMatrix.identity(80))))
                .isZero(); // eigenvalues above the shift
        assertThat(Dense.distance(Dense.solve(s.a(), s.b()), s.exact())).isLessThan(1e-10);
    }

    @Test
    void randomNonsymmetricIsDominant() {
        LinearSystem s = RandomSystems.randomNonsymmetric(80, 5, 1.1, 0x205);
        assertThat(s.a().asymmetry()).isGreaterThan(0.01);
        double[][] d = s.a().toDense();
        for (int i = 0; i < 80; i++) {
            double others = 0;
            for (int j = 0; j < 80; j++) {
                others += i == j ? 0 : Math.abs(d[i][j]);
            }
            assertThat(d[i][i]).isGreaterThan(others);
        }
        assertThat(Dense.distance(Dense.solve(s.a(), s.b()), s.exact())).isLessThan(1e-11);
    }

    @Test
    void graphLaplacianConservesCurrent() {
        LinearSystem floating = RandomSystems.graphLaplacian(60, 2, false, 0x96a);
        double[] ones = new double[60];
        Arrays.fill(ones, 1);
        assertThat(Dense.max(Dense.apply(floating.a(), ones))).isLessThan(1e-14);
        assertThat(floating.b()[0] + floating.b()[59]).isZero();
        LinearSystem grounded = RandomSystems.graphLaplacian(60, 2, true, 0x96a);
        assertThat(grounded.size()).isEqualTo(59);
        assertThat(grounded.a().asymmetry()).isZero();
        assertThat(Dense.negativeEigenvalues(grounded.a())).isZero();
        // grounding deletes the last row and column and nothing else
        double[][] whole = floating.a().toDense();
        double[][] part = grounded.a().toDense();
        for (int i = 0; i < 59; i++) {
            assertThat(part[i]).containsExactly(Arrays.copyOf(whole[i], 59));
        }
    }
}
