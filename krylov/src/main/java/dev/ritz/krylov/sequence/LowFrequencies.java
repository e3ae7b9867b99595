package dev.ritz.krylov.sequence;

/** The low frequencies of a square periodic field, as real numbers whose squares sum to the field's part in them. */
final class LowFrequencies {
    private final int side;
    private final int largest;
    private final double[] cos;
    private final double[] sin;
    private final double[] rowRe;
    private final double[] rowIm;

    LowFrequencies(int side, int largest) {
        this.side = side;
        this.largest = largest;
        cos = new double[side];
        sin = new double[side];
        for (int t = 0; t < side; t++) {
            cos[t] = Math.cos(2 * Math.PI * t / side);
            sin[t] = Math.sin(2 * Math.PI * t / side);
        }
        rowRe = new double[side];
        rowIm = new double[side];
    }

    /** Real and imaginary parts for one of each pair ±(k, l) with |k|, |l| ≤ largest, k ≥ 0. */
    double[] of(double[] field) {
        int width = 2 * largest + 1;
        double[] out = new double[width * width];
        int next = 0;
        for (int k = 0; k <= largest; k++) {
            for (int row = 0; row < side; row++) { // Σ_j f_{row, j} e^{−2πi jk/side}
                double re = 0;
                double im = 0;
                for (int j = 0, t = 0; j < side; j++) {
                    double f = field[row * side + j];
                    re += f * cos[t];
                    im -= f * sin[t];
                    t += k;
                    t -= t >= side ? side : 0;
                }
                rowRe[row] = re;
                rowIm[row] = im;
            }
            for (int l = k == 0 ? 0 : -largest; l <= largest; l++) {
                double re = 0;
                double im = 0;
                int step = l < 0 ? l + side : l;
                for (int row = 0, t = 0; row < side; row++) {
                    re += rowRe[row] * cos[t] + rowIm[row] * sin[t];
                    im += rowIm[row] * cos[t] - rowRe[row] * sin[t];
                    t += step;
                    t -= t >= side ? side : 0;
                }
                boolean mean = k == 0 && l == 0;
                double scale = (mean ? 1 : Math.sqrt(2)) / side; // a pair ±(k, l) counts twice
                out[next++] = scale * re;
                if (!mean) {
                    out[next++] = scale * im;
                }
            }
        }
        return out;
    }
}
