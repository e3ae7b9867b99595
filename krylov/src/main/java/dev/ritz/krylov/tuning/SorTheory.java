package dev.ritz.krylov.tuning;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.Vectors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * What theory says of SOR on a symmetric positive definite, consistently ordered matrix, whose iteration depends on
 * β = ρ(I − D⁻¹A) alone: diagnostics beside which a tuned ω can be read. Sources: Young 1954,
 * doi:10.1090/S0002-9947-1954-0059635-7; Khodak et al. 2024, arXiv:2310.02246.
 */
public final class SorTheory {
    /** The extreme Ritz values settle long before; each step costs one product. */
    private static final int LANCZOS_STEPS = 200;

    private SorTheory() {}

    /**
     * Young's optimum ω* = 1 + (β/(1 + √(1 − β²)))².
     *
     * @param beta β, in [0, 1)
     * @return the ω of least spectral radius
     */
    public static double optimum(double beta) {
        checkBeta(beta);
        double q = beta / (1 + Math.sqrt(1 - beta * beta));
        return 1 + q * q;
    }

    /**
     * The spectral radius of the iteration.
     *
     * @param omega ω, in (0, 2)
     * @param beta β, in [0, 1)
     * @return ρ(I − W⁻¹A): ¼ (ωβ + √(ω²β² − 4(ω − 1)))² below ω*, ω − 1 from there on
     */
    public static double rate(double omega, double beta) {
        if (!(omega > 0 && omega < 2)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in (0, 2)");
        }
        if (omega >= optimum(beta)) {
            return omega - 1;
        }
        double root = omega * beta + Math.sqrt(Math.max(0, omega * omega * beta * beta - 4 * (omega - 1)));
        return root * root / 4;
    }

    /**
     * The surrogate U(ω) = 1 + ln ε / ln(ρ + τ(1 − ρ)) for the number of iterations. An upper bound of it where τ covers
     * the gap between ‖C^k‖^{1/k} and ρ(C), C = I − A W⁻¹, just before convergence.
     *
     * @param omega ω, in (0, 2)
     * @param beta β, in [0, 1)
     * @param tau τ, in [0, 1)
     * @param epsilon ε, the reduction of the residual asked for, in (0, 1)
     * @return U(ω)
     */
    public static double iterations(double omega, double beta, double tau, double epsilon) {
        if (!(tau >= 0 && tau < 1)) {
            throw new IllegalArgumentException("tau = " + tau + ", expected a number in [0, 1)");
        }
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new IllegalArgumentException("epsilon = " + epsilon + ", expected a number in (0, 1)");
        }
        double rate = rate(omega, beta);
        return 1 + Math.log(epsilon) / Math.log(rate + tau * (1 - rate));
    }

    /**
     * β from the extreme eigenvalues of D^(-1/2) A D^(-1/2), by Lanczos' method with full orthogonalisation.
     *
     * @param a a symmetric matrix with a positive diagonal
     * @return ρ(I − D⁻¹A), from below
     */
    public static double jacobiRadius(CsrMatrix a) {
        if (a.rows() != a.cols() || a.rows() == 0) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        int n = a.rows();
        double[] scale = a.diagonal();
        for (int i = 0; i < n; i++) {
            if (!(scale[i] > 0 && scale[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a has " + scale[i] + " on the diagonal in row " + i + ", expected a positive number");
            }
            scale[i] = 1 / Math.sqrt(scale[i]);
        }
        if (!(a.asymmetry() <= 1e-12)) {
            throw new IllegalArgumentException("a has asymmetry " + a.asymmetry() + ", expected a symmetric matrix");
        }
        CsrMatrix scaled = a.scale(scale, scale);
        int steps = Math.min(n, LANCZOS_STEPS);
        double[][] v = new double[steps][];
        double[] alpha = new double[steps];
        double[] beta = new double[steps];
        SplitMix random = new SplitMix(0x501e);
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            w[i] = random.nextDouble() - 0.5;
        }
        double norm = norm(w);
        int k = 0;
        while (k < steps) {
            v[k] = new double[n];
            for (int i = 0; i < n; i++) {
                v[k][i] = w[i] / norm;
            }
            scaled.apply(v[k], w);
            alpha[k] = dot(v[k], w);
            for (int pass = 0; pass < 2; pass++) { // twice is enough
                for (int j = k; j >= 0; j--) {
                    double h = dot(v[j], w);
                    for (int i = 0; i < n; i++) {
                        w[i] -= h * v[j][i];
                    }
                }
            }
            norm = norm(w);
            beta[k++] = norm;
            if (!(norm > 1e-13)) { // the Krylov space is exhausted
                break;
            }
        }
        DMatrixRMaj t = new DMatrixRMaj(k, k);
        for (int j = 0; j < k; j++) {
            t.set(j, j, 1 - alpha[j]); // Ritz values of I − D^(-1/2) A D^(-1/2)
            if (j + 1 < k) {
                t.set(j, j + 1, -beta[j]);
                t.set(j + 1, j, -beta[j]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, false, true);
        if (!eigen.decompose(t)) {
            throw new IllegalArgumentException(
                    "the eigenvalues of a could not be computed; has it finite values only?");
        }
        double radius = 0;
        for (int j = 0; j < k; j++) {
            radius = Math.max(radius, Math.abs(eigen.getEigenvalue(j).getReal()));
        }
        return radius;
    }

    private static double dot(double[] u, double[] v) {
        return Vectors.serialDot(u, v, u.length);
    }

    private static double norm(double[] v) {
        return Math.sqrt(dot(v, v));
    }

    private static void checkBeta(double beta) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("beta = " + beta + ", expected a number in [0, 1)");
        }
    }
}
