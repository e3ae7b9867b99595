package dev.ritz.preconditioners.subspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.ReferenceCg;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.testdata.LinearSystem;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Iterations of CG with a reduced basis as coarse space, against the figures of an independent computation. */
class ThermalBlockTest {
    private static ThermalBlockBasis.Pod pod;

    @BeforeAll
    static void decompose() {
        pod = ThermalBlockBasis.pod(20);
    }

    @Test
    void theDecompositionDecaysAsComputedElsewhere() {
        double[] expected = {1.0e-1, 1.1e-2, 2.6e-5, 1.1e-7};
        for (int k = 0; k < 4; k++) {
            assertThat(pod.sigma()[5 * (k + 1)])
                    .as("singular value %d", 5 * (k + 1))
                    .isBetween(expected[k] / 2, expected[k] * 2);
        }
        assertThat(pod.sigma()[25]).isLessThan(1e-13);
    }

    private static TwoLevel twoLevel(int modes, PreconditionerFactory inner) {
        return new TwoLevel()
                .withSpace(CoarseSpace.of(Arrays.copyOf(pod.modes(), modes)))
                .withInner(inner);
    }

    /** Fewest and most iterations over the test points, each within a tolerance of what is expected. */
    private static void expect(String what, int from, int to, int tolerance, ToIntFunction<LinearSystem> solve) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (double[] mu : ThermalBlockBasis.TEST) {
            int iterations = solve.applyAsInt(ThermalBlockBasis.system(mu));
            least = Math.min(least, iterations);
            most = Math.max(most, iterations);
        }
        String found = what + ": " + least + "-" + most;
        assertThat(least).as(found).isBetween(from - tolerance, from + tolerance);
        assertThat(most).as(found).isBetween(to - tolerance, to + tolerance);
    }

    private static int plain(LinearSystem s, TwoLevel factory) {
        return ReferenceCg.iterations(s, factory.build(s.a()));
    }

    private static int guessed(LinearSystem s, TwoLevel factory) {
        TwoLevelPreconditioner m = factory.build(s.a());
        return guessed(s, m, m);
    }

    private static int guessed(LinearSystem s, Preconditioner m, TwoLevelPreconditioner q) {
        double[] x = new double[s.size()];
        q.guess(s.b(), x);
        return ReferenceCg.iterations(s, m, x);
    }

    /**
     * The ninth and tenth singular value are equal, so ten modes cut a pair in two: the last mode is any vector of a
     * plane, and the forms that keep all else feel which.
     */
    @Test
    void jacobiWithTenModes() {
        TwoLevel bnn = twoLevel(10, new Jacobi());
        TwoLevel additive = bnn.withForm(TwoLevel.Form.ADDITIVE);
        expect("none", 157, 160, 2, s -> ReferenceCg.iterations(s, new Jacobi().build(s.a())));
        expect("additive", 77, 80, 2, s -> plain(s, additive));
        expect("additive, guess", 70, 79, 2, s -> guessed(s, additive));
        expect("BNN, guess", 70, 79, 2, s -> guessed(s, bnn));
        expect("S-C-S", 63, 69, 5, s -> plain(s, bnn.withForm(TwoLevel.Form.SCS)));
    }

    @Test
    void jacobiWithTwentyModes() {
        TwoLevel bnn = twoLevel(20, new Jacobi());
        TwoLevel additive = bnn.withForm(TwoLevel.Form.ADDITIVE);
        expect("guess", 26, 38, 2, s -> guessed(s, new Jacobi().build(s.a()), bnn.build(s.a())));
        expect("additive", 69, 70, 2, s -> plain(s, additive));
        expect("additive, guess", 17, 20, 2, s -> guessed(s, additive));
        expect("BNN, guess", 16, 19, 2, s -> guessed(s, bnn));
        expect("A-DEF2, guess", 16, 19, 2, s -> guessed(s, bnn.withForm(TwoLevel.Form.A_DEF2)));
        expect("S-C-S", 66, 67, 2, s -> plain(s, bnn.withForm(TwoLevel.Form.SCS)));
    }

    @Test
    void chebyshevWithTwentyModes() {
        Function<LinearSystem, TwoLevel> bnn = s -> twoLevel(20, chebyshev(s));
        Function<LinearSystem, TwoLevel> additive = s -> bnn.apply(s).withForm(TwoLevel.Form.ADDITIVE);
        expect("none", 45, 46, 2, s -> ReferenceCg.iterations(s, chebyshev(s).build(s.a())));
        expect(
                "guess",
                7,
                11,
                2,
                s -> guessed(s, chebyshev(s).build(s.a()), bnn.apply(s).build(s.a())));
        expect("additive", 27, 28, 2, s -> plain(s, additive.apply(s)));
        expect("additive, guess", 6, 8, 2, s -> guessed(s, additive.apply(s)));
        expect("BNN, guess", 5, 6, 2, s -> guessed(s, bnn.apply(s)));
        expect("S-C-S", 12, 13, 2, s -> plain(s, bnn.apply(s).withForm(TwoLevel.Form.SCS)));
    }

    /** With a coarse matrix wrong by a tenth of its smallest eigenvalue balancing converges, more slowly. */
    @Test
    void anInexactCoarseMatrixCostsIterationsOnly() {
        for (double[] mu : ThermalBlockBasis.TEST) {
            LinearSystem s = ThermalBlockBasis.system(mu);
            TwoLevel bnn = twoLevel(20, new Jacobi());
            double[][] e = Basis.of(bnn.space(), s.a())
                    .products(Basis.of(bnn.space(), s.a()).image(s.a()));
            TwoLevelPreconditioner exact = bnn.build(s.a(), e);
            assertThat(guessed(s, exact, exact)).isBetween(14, 21);
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 20; j++) {
                    e[i][j] *= 1 + 0.1 * Math.cos(3 * (i + j)) / 20;
                }
            }
            TwoLevelPreconditioner inexact = bnn.build(s.a(), e);
            assertThat(inexact.kind()).isEqualTo(Preconditioner.Kind.SPD);
            assertThat(guessed(s, inexact, inexact)).isBetween(16, 80);
        }
    }

    /** Bounds from the largest eigenvalue, 2 less the smallest: a grid with five points is bipartite. */
    private static PreconditionerFactory chebyshev(LinearSystem s) {
        double b = 1.1 * largest(s.a());
        return new Chebyshev(Chebyshev.Kind.FIRST, 4).withBounds(b / 30, b);
    }

    private static double largest(CsrMatrix a) {
        double[] d = a.diagonal();
        double[] v = new double[a.rows()];
        double[] w = new double[a.rows()];
        Arrays.setAll(v, i -> Math.sin(3.7 * i + 1));
        double lambda = 0;
        for (int step = 0; step < 2000; step++) {
            a.apply(v, w);
            double vv = 0;
            double vw = 0;
            for (int i = 0; i < v.length; i++) {
                vv += d[i] * v[i] * v[i];
                vw += v[i] * w[i];
            }
            lambda = vw / vv;
            double norm = Math.sqrt(vv);
            for (int i = 0; i < v.length; i++) {
                v[i] = w[i] / d[i] / norm;
            }
        }
        return lambda;
    }
}
