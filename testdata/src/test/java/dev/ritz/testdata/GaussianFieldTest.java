package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianFieldTest {

    /** The definition, point by point, from the same draws. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void aSampleIsTheInverseTransformOfItsCoefficients(int s) {
        double[] g = new GaussianField(s, 2.5, 7).sample(new Draws(0x6f1));
        double[] noise = new Draws(0x6f1).normals(2 * s * s);
        for (int y = 0; y < s; y++) {
            for (int x = 0; x < s; x++) {
                double sum = 0;
                for (int i = 1; i < s * s; i++) {
                    int kx = 2 * (i % s) < s ? i % s : i % s - s;
                    int ky = 2 * (i / s) < s ? i / s : i / s - s;
                    double root = Math.pow(4 * Math.PI * Math.PI * (kx * kx + ky * ky) + 49, -1.25);
                    double phase = 2 * Math.PI * (kx * x + ky * y) / s;
                    // √2 σ · (Re ζ cos − Im ζ sin), both parts of ζ of variance ½
                    sum += Math.pow(7, 1.5)
                            * root
                            * (noise[2 * i] * Math.cos(phase) - noise[2 * i + 1] * Math.sin(phase));
                }
                assertThat(g[y * s + x]).as("%d, %d", x, y).isCloseTo(sum, within(1e-12));
            }
        }
    }

    @Test
    void everySampleHasMeanZero() {
        double[] g = new GaussianField(24, 2.5, 7).sample(new Draws(0x6f2));
        assertThat(Math.abs(Arrays.stream(g).sum())).isLessThan(1e-11);
        assertThat(Dense.max(g)).isGreaterThan(0.1);
    }

    /** Var = Σ σ² λ_k^−α and Cov(d) = Σ σ² λ_k^−α cos(2πk·d/s): estimated over points and samples. */
    @Test
    void varianceAndCorrelationAreThoseOfTheSpectrum() {
        int s = 16;
        int[] lags = {0, 1, 4, 8, 15};
        double[] expected = new double[lags.length];
        for (int i = 1; i < s * s; i++) {
            int kx = i % s < s / 2 ? i % s : i % s - s;
            int ky = i / s < s / 2 ? i / s : i / s - s;
            double power = 343 * Math.pow(4 * Math.PI * Math.PI * (kx * kx + ky * ky) + 49, -2.5);
            for (int l = 0; l < lags.length; l++) {
                expected[l] += power * Math.cos(2 * Math.PI * kx * lags[l] / s);
            }
        }
        GaussianField field = new GaussianField(s, 2.5, 7);
        assertThat(field.variance()).isCloseTo(expected[0], within(1e-14));
        assertThat(expected[1]).as("periodic").isCloseTo(expected[4], within(1e-14));

        double[] found = new double[lags.length];
        int samples = 600;
        Draws draws = new Draws(0x6f3);
        for (int t = 0; t < samples; t++) {
            double[] g = field.sample(draws);
            for (int i = 0; i < g.length; i++) {
                for (int l = 0; l < lags.length; l++) {
                    found[l] += g[i] * g[i / s * s + (i + lags[l]) % s] / samples / g.length;
                }
            }
        }
        for (int l = 0; l < lags.length; l++) {
            assertThat(found[l]).as("lag %d", lags[l]).isCloseTo(expected[l], within(0.04 * expected[0]));
        }
    }
}
