package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.BuildException;
import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Ritz values of M⁻¹A from a short run of preconditioned conjugate gradients on a random right-hand side: the
 * eigenvalues of T with T_jj = 1/α_j + β_{j−1}/α_{j−1} and T_{j,j+1} = √β_j / α_j. Ten steps come within two percent of
 * λ_max where ten power steps stay five percent below. Source: Golub &amp; Van Loan 2013, section 11.3.
 *
 * @param values ascending, at which a polynomial of a self-adjoint M⁻¹A is tried; else empty
 * @param largest of them, in modulus
 */
record RitzValues(double[] values, double largest) {
    private static final long SEED = 0x5eed_90_1a05L;
    /** A step whose squared residual, or curvature, fell this far holds only rounding. */
    private static final double NEGLIGIBLE = 1e-26;

    private static final double FLAT = 1e-13;

    /** No values: for bounds that were given and cannot be tried. */
    static final RitzValues NONE = new RitzValues(new double[0], 1);

    /**
     * The bound a polynomial needs, and the values it is tried at.
     *
     * @param level A and M
     * @param steps how many, at least 1
     * @param needed whether the largest is needed; else only values to try a given bound at, where M⁻¹A is self-adjoint
     * @throws BuildException NOT_POSITIVE when A or M is seen not to be positive definite; NOT_FINITE
     */
    static RitzValues estimate(FirstLevel level, int steps, boolean needed) {
        if (level.n == 0 || (!needed && !level.selfAdjoint())) {
            return NONE;
        }
        return level.selfAdjoint() ? of(level, steps) : general(level, steps);
    }

    /** The largest modulus by Arnoldi's process, where conjugate gradients would overestimate it far. */
    private static RitzValues general(FirstLevel level, int steps) {
        KrylovBasis basis = KrylovBasis.of(level, random(level.n, SEED), steps);
        double largest = 0;
        double right = Double.NEGATIVE_INFINITY;
        for (Complex_F64 theta : basis.eigenvalues()) {
            largest = Math.max(largest, theta.getMagnitude());
            right = Math.max(right, theta.getReal());
        }
        positive(right, "the rightmost Ritz value");
        return new RitzValues(new double[0], largest);
    }

    /**
     * Runs conjugate gradients.
     *
     * @param level A and M
     * @param steps how many, at least 1
     * @throws BuildException NOT_POSITIVE when A or M is seen not to be positive definite; NOT_FINITE
     */
    static RitzValues of(FirstLevel level, int steps) {
        int n = level.n;
        int most = Math.min(steps, n);
        double[] diagonal = new double[most];
        double[] beside = new double[most];
        Vectors v = level.vectors;
        double[] r = random(n, SEED);
        double[] buffer = level.newPreconditioned();
        double[] z = level.precondition(r, buffer);
        double[] p = z.clone();
        double[] q = new double[n];
        double rho = n == 0 ? 0 : positive(v.dot(r, z), "rᵀM⁻¹r");
        double first = rho;
        double pMp = rho;
        double betaOverAlpha = 0;
        double largest = 0;
        int k = 0;
        while (k < most) {
            level.product(p, q);
            double pq = v.dot(p, q);
            if (k > 0 && Math.abs(pq) <= FLAT * largest * pMp) {
                break; // p is a null vector of A up to rounding
            }
            double alpha = rho / positive(pq, "pᵀAp");
            diagonal[k] = 1 / alpha + betaOverAlpha;
            largest = Math.max(largest, diagonal[k]);
            v.axpy(-alpha, q, r); // r ← r − α q
            z = level.precondition(r, buffer);
            double next = v.dot(r, z);
            k++;
            if (k == most || !(next > NEGLIGIBLE * first)) {
                break;
            }
            double beta = next / rho;
            beside[k - 1] = Math.sqrt(beta) / alpha;
            betaOverAlpha = beta / alpha;
            v.xpby(z, beta, p); // p ← z + β p
            pMp = next + beta * beta * pMp; // z and the old p are M-orthogonal
            rho = next;
        }
        double[] values = eigenvalues(diagonal, beside, k);
        return new RitzValues(values, k == 0 ? 1 : values[k - 1]);
    }

    private static double positive(double value, String what) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw Checks.overflow(what, value);
        }
        if (!(value > 0)) {
            throw new BuildException(
                    BuildException.Reason.NOT_POSITIVE,
                    -1,
                    what + " = " + value + " in the run that estimates the spectrum, expected a positive number",
                    "try GmresPolynomial, or Ilu0");
        }
        return value;
    }

    /** Of the symmetric tridiagonal matrix of order k, ascending. */
    private static double[] eigenvalues(double[] diagonal, double[] beside, int k) {
        double scale = 0;
        for (int i = 0; i < k; i++) {
            scale = Math.max(scale, diagonal[i]);
        }
        DMatrixRMaj t = new DMatrixRMaj(k, k);
        for (int i = 0; i < k; i++) {
            t.set(i, i, diagonal[i] / scale);
            if (i + 1 < k) {
                t.set(i, i + 1, beside[i] / scale);
                t.set(i + 1, i, beside[i] / scale);
            }
        }
        double[] values = new double[k];
        if (k > 0) {
            EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, false, true);
            if (!eigen.decompose(t)) {
                throw Checks.overflow("the tridiagonal matrix of the estimate", scale);
            }
            for (int i = 0; i < k; i++) {
                values[i] = scale * eigen.getEigenvalue(i).getReal();
            }
        }
        Arrays.sort(values);
        return values;
    }

    /** Entries in (−1, 1). */
    static double[] random(int n, long seed) {
        RandomGenerator generator =
                RandomGeneratorFactory.of("SplittableRandom").create(seed);
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = generator.nextDouble(-1, 1);
        }
        return v;
    }
}
