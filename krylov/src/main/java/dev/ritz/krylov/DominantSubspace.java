package dev.ritz.krylov;

import java.util.Arrays;

/**
 * An orthonormal real basis of the span of those eigenvectors of a small real matrix whose eigenvalues are largest in
 * modulus.
 *
 * <p>Hessenberg form by reflections, then the complex QR iteration with Wilkinson's shift to a triangle, whose
 * eigenvectors follow by substitution; a conjugate pair contributes real and imaginary part. In complex arithmetic
 * there are no 2×2 blocks to be told apart. Everything is allocated once. Source: Golub &amp; Van Loan 2013, sections 7.4
 * to 7.6.
 */
final class DominantSubspace {
    private static final double EPS = Math.ulp(1.0);
    /** What is left of a part of a unit vector against those before it must exceed this to be more than rounding. */
    private static final double DEPENDENT = 1e-10;
    /** QR steps for one eigenvalue; two or three are usual. */
    private static final int STEPS = 60;

    private final double[][] hr;
    private final double[][] hi;
    private final double[][] zr;
    private final double[][] zi;
    private final double[] cs; // rotations (c, s; −s̄, c) with real c
    private final double[] sr;
    private final double[] si;
    private final double[] yr;
    private final double[] yi;
    private final int[] order;

    /** For matrices of up to max rows. */
    DominantSubspace(int max) {
        hr = new double[max][max];
        hi = new double[max][max];
        zr = new double[max][max];
        zi = new double[max][max];
        cs = new double[max];
        sr = new double[max];
        si = new double[max];
        yr = new double[max];
        yi = new double[max];
        order = new int[max];
    }

    /**
     * Finds the basis.
     *
     * @param f the matrix, by rows
     * @param p its order
     * @param k how many vectors are wanted, at most p
     * @param basis overwritten with them, each of p entries
     * @return how many there are: fewer than k where the eigenvectors are dependent, 0 where the iteration fails; of a
     *     pair for which only one place is left, the real part is taken
     */
    int find(double[][] f, int p, int k, double[][] basis) {
        if (!hessenberg(f, p) || !triangle(p)) {
            return 0;
        }
        sort(p);
        int count = 0;
        for (int at = 0; at < p && count < k; at++) {
            eigenvector(p, order[at]);
            // the conjugate of a vector taken, and the imaginary part of a real one, are found dependent
            count += append(basis, count, yr, p);
            if (count < k) {
                count += append(basis, count, yi, p);
            }
        }
        return count;
    }

    /** H = Zᵀ F Z by reflections I − w wᵀ. */
    private boolean hessenberg(double[][] f, int p) {
        double scale = 0;
        for (int i = 0; i < p; i++) {
            System.arraycopy(f[i], 0, hr[i], 0, p);
            Arrays.fill(hi[i], 0, p, 0);
            Arrays.fill(zr[i], 0, p, 0);
            Arrays.fill(zi[i], 0, p, 0);
            zr[i][i] = 1;
            for (int j = 0; j < p; j++) {
                scale += Math.abs(f[i][j]);
            }
        }
        if (!(scale < Double.POSITIVE_INFINITY)) {
            return false;
        }
        double[] w = yr;
        for (int j = 0; j < p - 2; j++) {
            double norm = 0;
            for (int i = j + 1; i < p; i++) {
                w[i] = hr[i][j];
                norm = Math.hypot(norm, w[i]);
            }
            if (!(norm > 0)) {
                continue;
            }
            w[j + 1] += Math.copySign(norm, w[j + 1]);
            double unit = Math.sqrt(norm * Math.abs(w[j + 1])); // ‖w‖² = 2 ‖x‖ |w₁|, so that this makes ‖w‖² = 2
            for (int i = j + 1; i < p; i++) {
                w[i] /= unit;
            }
            reflectRows(hr, w, j + 1, p);
            reflectColumns(hr, w, j + 1, p);
            reflectColumns(zr, w, j + 1, p);
        }
        return true;
    }

    private static void reflectRows(double[][] a, double[] w, int from, int p) {
        for (int c = 0; c < p; c++) {
            double sum = 0;
            for (int i = from; i < p; i++) {
                sum += w[i] * a[i][c];
            }
            for (int i = from; i < p; i++) {
                a[i][c] -= sum * w[i];
            }
        }
    }

    private static void reflectColumns(double[][] a, double[] w, int from, int p) {
        for (int i = 0; i < p; i++) {
            double sum = 0;
            for (int c = from; c < p; c++) {
                sum += a[i][c] * w[c];
            }
            for (int c = from; c < p; c++) {
                a[i][c] -= sum * w[c];
            }
        }
    }

    /** QR steps until H is triangular; Z takes part. */
    private boolean triangle(int p) {
        int end = p - 1;
        int steps = 0;
        while (end > 0) {
            int from = end;
            while (from > 0 && !negligible(from)) {
                from--;
            }
            if (from > 0) {
                hr[from][from - 1] = 0;
                hi[from][from - 1] = 0;
            }
            if (from == end) {
                end--;
                steps = 0;
            } else if (++steps > STEPS) {
                return false;
            } else {
                step(from, end, p, steps % 10 == 0);
            }
        }
        return true;
    }

    private boolean negligible(int i) {
        double neighbours = size(i - 1, i - 1) + size(i, i);
        return size(i, i - 1) <= EPS * neighbours;
    }

    private double size(int i, int j) {
        return Math.abs(hr[i][j]) + Math.abs(hi[i][j]);
    }

    /** H − σ I = Q R, H ← R Q + σ I on rows and columns from … end. */
    private void step(int from, int end, int p, boolean exceptional) {
        shift(end, exceptional);
        double tr = yr[0];
        double ti = yi[0];
        for (int i = from; i <= end; i++) {
            hr[i][i] -= tr;
            hi[i][i] -= ti;
        }
        for (int i = from; i < end; i++) {
            rotation(i);
            rotateRows(i, p);
        }
        for (int i = from; i < end; i++) {
            rotateColumns(hr, hi, i, i + 2);
            rotateColumns(zr, zi, i, p);
        }
        for (int i = from; i <= end; i++) {
            hr[i][i] += tr;
            hi[i][i] += ti;
        }
    }

    /** The eigenvalue of the last 2×2 block that is nearer to its last entry, into the first entries of y. */
    private void shift(int end, boolean exceptional) {
        if (exceptional) {
            yr[0] = hr[end][end] + size(end, end - 1);
            yi[0] = hi[end][end];
            return;
        }
        // with δ = (a − d) / 2 the eigenvalues are d + δ ± √(δ² + b c); the nearer one is d − b c / (δ ± √…)
        double dr = (hr[end - 1][end - 1] - hr[end][end]) / 2;
        double di = (hi[end - 1][end - 1] - hi[end][end]) / 2;
        double bcr = hr[end - 1][end] * hr[end][end - 1] - hi[end - 1][end] * hi[end][end - 1];
        double bci = hr[end - 1][end] * hi[end][end - 1] + hi[end - 1][end] * hr[end][end - 1];
        double qr = dr * dr - di * di + bcr;
        double qi = 2 * dr * di + bci;
        double size = Math.hypot(qr, qi);
        double rr = Math.sqrt(Math.max(0, (size + qr) / 2));
        double ri = Math.copySign(Math.sqrt(Math.max(0, (size - qr) / 2)), qi);
        double sign = dr * rr + di * ri < 0 ? -1 : 1;
        double er = dr + sign * rr;
        double ei = di + sign * ri;
        double square = er * er + ei * ei;
        boolean some = square > 0;
        yr[0] = hr[end][end] - (some ? (bcr * er + bci * ei) / square : 0);
        yi[0] = hi[end][end] - (some ? (bci * er - bcr * ei) / square : 0);
    }

    /** The rotation of rows i and i + 1 that annihilates h_{i+1,i}. */
    private void rotation(int i) {
        double a = Math.hypot(hr[i][i], hi[i][i]);
        double b = Math.hypot(hr[i + 1][i], hi[i + 1][i]);
        double r = Math.hypot(a, b);
        if (!(r > 0)) {
            cs[i] = 1;
            sr[i] = 0;
            si[i] = 0;
        } else if (a == 0) {
            cs[i] = 0;
            sr[i] = hr[i + 1][i] / b;
            si[i] = -hi[i + 1][i] / b;
        } else { // c = |a| / r, s = (a / |a|) b̄ / r
            cs[i] = a / r;
            sr[i] = (hr[i][i] * hr[i + 1][i] + hi[i][i] * hi[i + 1][i]) / a / r;
            si[i] = (hi[i][i] * hr[i + 1][i] - hr[i][i] * hi[i + 1][i]) / a / r;
        }
    }

    private void rotateRows(int i, int p) {
        double c = cs[i];
        double s = sr[i];
        double t = si[i];
        double[] xr = hr[i];
        double[] xi = hi[i];
        double[] wr = hr[i + 1];
        double[] wi = hi[i + 1];
        for (int j = i; j < p; j++) { // (x, w) ← (c x + s w, c w − s̄ x)
            double ar = xr[j];
            double ai = xi[j];
            double br = wr[j];
            double bi = wi[j];
            xr[j] = c * ar + s * br - t * bi;
            xi[j] = c * ai + s * bi + t * br;
            wr[j] = c * br - s * ar - t * ai;
            wi[j] = c * bi - s * ai + t * ar;
        }
    }

    private void rotateColumns(double[][] re, double[][] im, int i, int rows) {
        double c = cs[i];
        double s = sr[i];
        double t = si[i];
        for (int l = 0; l < rows; l++) { // (x, w) ← (c x + s̄ w, c w − s x)
            double[] lr = re[l];
            double[] li = im[l];
            double ar = lr[i];
            double ai = li[i];
            double br = lr[i + 1];
            double bi = li[i + 1];
            lr[i] = c * ar + s * br + t * bi;
            li[i] = c * ai + s * bi - t * br;
            lr[i + 1] = c * br - s * ar + t * ai;
            li[i + 1] = c * bi - s * ai - t * ar;
        }
    }

    /** Indices of the eigenvalues, the largest modulus first; insertion keeps the order of equals. */
    private void sort(int p) {
        for (int i = 0; i < p; i++) {
            double size = Math.hypot(hr[i][i], hi[i][i]);
            int at = i;
            while (at > 0 && size > Math.hypot(hr[order[at - 1]][order[at - 1]], hi[order[at - 1]][order[at - 1]])) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
    }

    /** Z y with (H − h_ee I) y = 0, of unit length, into y. */
    private void eigenvector(int p, int e) {
        double lr = hr[e][e];
        double li = hi[e][e];
        double least = Double.MIN_NORMAL;
        for (int i = 0; i <= e; i++) {
            for (int j = i; j <= e; j++) {
                least = Math.max(least, EPS * size(i, j));
            }
        }
        yr[e] = 1;
        yi[e] = 0;
        for (int i = e - 1; i >= 0; i--) {
            double sumR = 0;
            double sumI = 0;
            for (int j = i + 1; j <= e; j++) {
                sumR -= hr[i][j] * yr[j] - hi[i][j] * yi[j];
                sumI -= hr[i][j] * yi[j] + hi[i][j] * yr[j];
            }
            double dr = hr[i][i] - lr;
            double di = hi[i][i] - li;
            double size = Math.hypot(dr, di);
            if (size < least) { // a multiple eigenvalue, moved by rounding
                size = least;
                dr = least;
                di = 0;
            }
            dr /= size;
            di /= size;
            yr[i] = (sumR * dr + sumI * di) / size;
            yi[i] = (sumI * dr - sumR * di) / size;
            double growth = Math.max(Math.abs(yr[i]), Math.abs(yi[i]));
            if (growth > 1e100) {
                for (int j = i; j <= e; j++) {
                    yr[j] /= growth;
                    yi[j] /= growth;
                }
            }
        }
        multiply(p, e);
    }

    private void multiply(int p, int e) {
        double norm = 0;
        double squareR = 0;
        double squareI = 0;
        for (int i = 0; i < p; i++) {
            double sumR = 0;
            double sumI = 0;
            for (int j = 0; j <= e; j++) {
                sumR += zr[i][j] * yr[j] - zi[i][j] * yi[j];
                sumI += zr[i][j] * yi[j] + zi[i][j] * yr[j];
            }
            sr[i] = sumR;
            si[i] = sumI;
            norm = Math.hypot(norm, Math.hypot(sumR, sumI));
            squareR += sumR * sumR - sumI * sumI;
            squareI += 2 * sumR * sumI;
        }
        // yᵀ y > 0 makes the parts orthogonal and the real one the longer; of a real direction all becomes real
        double size = Math.hypot(squareR, squareI);
        double c = size > 0 ? Math.sqrt(Math.max(0, (1 + squareR / size) / 2)) : 1;
        double s = size > 0 ? Math.copySign(Math.sqrt(Math.max(0, (1 - squareR / size) / 2)), squareI) : 0;
        for (int i = 0; i < p; i++) {
            yr[i] = (sr[i] * c + si[i] * s) / norm;
            yi[i] = (si[i] * c - sr[i] * s) / norm;
        }
    }

    /** Orthonormalises part of a unit vector against the basis; 1 when it joined, 0 when nothing was left of it. */
    private static int append(double[][] basis, int count, double[] part, int p) {
        double[] y = basis[count];
        System.arraycopy(part, 0, y, 0, p);
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < count; j++) {
                double[] q = basis[j];
                double sum = 0;
                for (int i = 0; i < p; i++) {
                    sum += q[i] * y[i];
                }
                for (int i = 0; i < p; i++) {
                    y[i] -= sum * q[i];
                }
            }
        }
        double norm = 0;
        for (int i = 0; i < p; i++) {
            norm = Math.hypot(norm, y[i]);
        }
        if (!(norm > DEPENDENT)) {
            return 0;
        }
        for (int i = 0; i < p; i++) {
            y[i] /= norm;
        }
        return 1;
    }
}
