package dev.ritz.testdata;

/**
 * Periodic Gaussian random fields on s × s points: the real part of the inverse discrete Fourier transform of s² c_k ζ_k
 * with c_k = √2 σ (4π²|k|² + τ²)^(−α/2), c_0 = 0, σ = τ^(α − 1), where the ζ_k are independent complex normal numbers of
 * variance 1 and the wave numbers run from −s/2. Mean 0 in every sample; the covariance of two points at distance d is
 * Σ_k ½ c_k² cos(2π k·d/s).
 */
final class GaussianField {
    private final int s;
    /** c_k, the wave numbers 0, 1, …, −1 row by row. */
    private final double[] amplitude;
    /** cos 2πj/s. */
    private final double[] cos;

    private final double[] sin;

    GaussianField(int s, double alpha, double tau) {
        this.s = s;
        amplitude = new double[s * s];
        double sigma = StrictMath.pow(tau, alpha - 1);
        for (int i = 1; i < s * s; i++) {
            double kx = wavenumber(i % s);
            double ky = wavenumber(i / s);
            double eigenvalue = 4 * Math.PI * Math.PI * (kx * kx + ky * ky) + tau * tau;
            amplitude[i] = Math.sqrt(2) * sigma * StrictMath.pow(eigenvalue, -alpha / 2);
        }
        cos = new double[s];
        sin = new double[s];
        for (int j = 0; j < s; j++) {
            cos[j] = StrictMath.cos(2 * Math.PI * j / s);
            sin[j] = StrictMath.sin(2 * Math.PI * j / s);
        }
    }

    private int wavenumber(int j) {
        return j < (s + 1) / 2 ? j : j - s;
    }

    /** {@return the variance at every point} */
    double variance() {
        double sum = 0;
        for (double c : amplitude) {
            sum += c * c / 2;
        }
        return sum;
    }

    /** One field, row by row. */
    double[] sample(Draws draws) {
        double[] re = new double[s * s];
        double[] im = new double[s * s];
        for (int i = 0; i < re.length; i++) {
            double c = amplitude[i] * Math.sqrt(0.5);
            re[i] = c * draws.normal();
            im[i] = c * draws.normal();
        }
        return realAlongRows(alongColumns(re, im));
    }

    /** out[y, k] ← Σ_l in[l, k] e^(2πi l y/s): real and imaginary parts. */
    private double[][] alongColumns(double[] re, double[] im) {
        double[][] out = new double[2][s * s];
        for (int y = 0; y < s; y++) {
            for (int l = 0; l < s; l++) {
                int turn = (int) ((long) l * y % s);
                double c = cos[turn];
                double t = sin[turn];
                for (int k = 0; k < s; k++) {
                    out[0][y * s + k] += re[l * s + k] * c - im[l * s + k] * t;
                    out[1][y * s + k] += re[l * s + k] * t + im[l * s + k] * c;
                }
            }
        }
        return out;
    }

    /** g[y, x] ← Re Σ_k in[y, k] e^(2πi k x/s). */
    private double[] realAlongRows(double[][] in) {
        double[] g = new double[s * s];
        for (int y = 0; y < s; y++) {
            for (int x = 0; x < s; x++) {
                double sum = 0;
                int turn = 0;
                for (int k = 0; k < s; k++) {
                    sum += in[0][y * s + k] * cos[turn] - in[1][y * s + k] * sin[turn];
                    turn += x;
                    if (turn >= s) {
                        turn -= s;
                    }
                }
                g[y * s + x] = sum;
            }
        }
        return g;
    }
}
