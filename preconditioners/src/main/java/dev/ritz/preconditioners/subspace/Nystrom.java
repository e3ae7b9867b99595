package dev.ritz.preconditioners.subspace;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Randomised Nyström approximation: the dominant eigenvalues of a symmetric positive semidefinite A from its products
 * with a few random vectors, put on a level with the rest. For A + μ I with a spectrum that decays quickly, as kernel
 * matrices and normal equations have; of no use where small eigenvalues are the trouble, as in discretised equations.
 *
 * <p>The system is A + μ I: {@link #build(LinearOperator, WorkerPool)} takes A alone and needs no entries of it.
 *
 * <pre>
 * Needs   A symmetric positive semidefinite; positive definite where μ = 0
 * Gives   M⁻¹ = (λ_k + μ) U (Λ + μ I)⁻¹ Uᵀ + I − U Uᵀ, with A ≈ U Λ Uᵀ of rank k; SPD
 * Set-up  rank products, 10 rank² n operations
 * Step    2 passes over U
 * Memory  rank n + 2 rank doubles
 * Fails   NOT_POSITIVE (A is not symmetric positive semidefinite on the random vectors), NOT_FINITE
 * Source  Frangella, Tropp &amp; Udell 2023, doi:10.1137/21M1466244, Alg. 2.1
 * </pre>
 *
 * @param rank how many random vectors, at least 1; at most n are used
 * @param shift μ, at least 0
 * @param seed of the random vectors
 */
public record Nystrom(int rank, double shift, long seed) implements PreconditionerFactory {
    /** Eigenvalues below this share of the largest are rounding where there is no shift above them. */
    private static final double ROUNDING = 16 * 0x1p-52;

    /** Largest asymmetry of the projected matrix, relative to its largest entry. */
    /** The most entries of the random vectors: 2 GB, twice while the set-up lasts. */
    private static final long MOST_ENTRIES = 1L << 28;

    private static final double ASYMMETRY = 1e-8;

    /**
     * The factory with its options.
     *
     * @param rank how many random vectors, at least 1; at most n are used
     * @param shift μ, at least 0
     * @param seed of the random vectors
     */
    public Nystrom {
        if (rank < 1) {
            throw new IllegalArgumentException("rank = " + rank + ", expected at least 1");
        }
        if (!(shift >= 0 && shift <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("shift = " + shift + ", expected a finite number of at least 0");
        }
    }

    /** Twenty vectors, no shift. */
    public Nystrom() {
        this(20, 0, 1);
    }

    /**
     * The same with another rank.
     *
     * @param newRank how many random vectors, at least 1
     * @return the factory
     */
    public Nystrom withRank(int newRank) {
        return new Nystrom(newRank, shift, seed);
    }

    /**
     * The same with another shift.
     *
     * @param newShift μ, at least 0
     * @return the factory
     */
    public Nystrom withShift(double newShift) {
        return new Nystrom(rank, newShift, seed);
    }

    /**
     * The same with another seed.
     *
     * @param newSeed of the random vectors
     * @return the factory
     */
    public Nystrom withSeed(long newSeed) {
        return new Nystrom(rank, shift, newSeed);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        double asymmetry = a.rows() == 0 ? 0 : a.asymmetry();
        if (!(asymmetry <= ASYMMETRY)) {
            throw notPositive(
                    "is not symmetric: it differs from its transpose by " + asymmetry + " of its largest entry",
                    "try Ilu0");
        }
        return build(a, a.pool());
    }

    /**
     * Builds for A + μ I from {@code rank} products with A.
     *
     * @param a a square operator, symmetric positive semidefinite
     * @param pool threads for the vectors
     * @return a preconditioner for A + μ I
     * @throws IllegalArgumentException when {@code a} is not square
     * @throws BuildException when {@code a} is seen not to be symmetric positive semidefinite, or not finite
     */
    public Preconditioner build(LinearOperator a, WorkerPool pool) {
        int n = a.rows();
        if (n != a.cols()) {
            throw new IllegalArgumentException("a is " + n + " by " + a.cols() + ", expected a square operator");
        }
        Vectors v = new Vectors(n, pool);
        int l = Math.min(rank, n);
        if ((long) l * n > MOST_ENTRIES) {
            throw new BuildException(
                    BuildException.Reason.TOO_LARGE,
                    -1,
                    l + " vectors of length " + n + " have " + (long) l * n + " entries, expected at most "
                            + MOST_ENTRIES,
                    "try a smaller rank");
        }
        double[][] omega = randomVectors(n, l);
        OrthonormalFactor.of(omega, v); // Ω ← its orthonormal factor
        double[][] y = new double[l][n];
        double size = 0;
        for (int j = 0; j < l; j++) {
            a.apply(omega[j], y[j]);
            size = Math.hypot(size, v.norm(y[j]));
        }
        if (!(size <= Double.MAX_VALUE)) {
            throw new BuildException(
                    BuildException.Reason.NOT_FINITE, -1, "products with random vectors have the norm " + size);
        }
        double nu = size * Math.ulp(1.0);
        double[][] product = new double[l][l]; // ΩᵀY by columns
        for (int j = 0; j < l; j++) {
            v.axpy(nu, omega[j], y[j]); // Y ← Y + ν Ω
            v.dots(omega, l, y[j], product[j]);
        }
        divide(y, cholesky(product), v); // Y ← B = Y C⁻¹
        OrthonormalFactor factor = OrthonormalFactor.of(y, v);
        double[] sigma = factor.rotate(y); // Y ← U, B = U Σ Wᵀ
        return assemble(n, v, y, sigma, nu);
    }

    private double[][] randomVectors(int n, int l) {
        Random random = new Random(seed);
        double[][] omega = new double[l][n];
        for (double[] column : omega) {
            Arrays.setAll(column, i -> random.nextGaussian());
        }
        return omega;
    }

    /** C with CᵀC = T, upper triangular, by columns. */
    private static double[][] cholesky(double[][] t) {
        int l = t.length;
        double largest = 0;
        double skew = 0;
        for (int j = 0; j < l; j++) {
            for (int i = 0; i < l; i++) {
                largest = Math.max(largest, Math.abs(t[j][i]));
                skew = Math.max(skew, Math.abs(t[j][i] - t[i][j]));
            }
        }
        if (!(skew <= ASYMMETRY * largest)) {
            throw notPositive(
                    "is not symmetric: of a projected entry and its mirror image, which are " + largest
                            + " or less, the difference is " + skew,
                    "try Ilu0");
        }
        double[][] c = new double[l][l];
        for (int j = 0; j < l; j++) {
            for (int i = 0; i <= j; i++) {
                double sum = 0.5 * t[j][i] + 0.5 * t[i][j];
                for (int k = 0; k < i; k++) {
                    sum -= c[i][k] * c[j][k];
                }
                if (i == j && !(sum > 0)) {
                    throw notPositive(
                            "is not positive on the random vectors: pivot " + j + " is " + sum,
                            "try fewer vectors, or Ilu0");
                }
                c[j][i] = i == j ? Math.sqrt(sum) : sum / c[i][i];
            }
        }
        return c;
    }

    private static BuildException notPositive(String what, String advice) {
        return new BuildException(BuildException.Reason.NOT_POSITIVE, -1, "the operator " + what, advice);
    }

    /** Y ← Y C⁻¹, a column after the other. */
    private static void divide(double[][] y, double[][] c, Vectors v) {
        for (int j = 0; j < y.length; j++) {
            v.subtract(y, j, c[j], y[j]);
            v.scale(1 / c[j][j], y[j]);
        }
    }

    private Preconditioner assemble(int n, Vectors v, double[][] u, double[] sigma, double nu) {
        int l = sigma.length;
        double[] lambda = new double[l];
        int kept = 0;
        for (int j = 0; j < l; j++) {
            lambda[j] = Math.max(0, sigma[j] * sigma[j] - nu);
            if (!(lambda[j] <= Double.MAX_VALUE)) {
                throw new BuildException(
                        BuildException.Reason.NOT_FINITE, -1, "eigenvalue " + j + " is " + lambda[j], "try Scaled");
            }
            if (lambda[j] > ROUNDING * l * lambda[0] || (shift > 0 && lambda[j] > 0)) {
                kept++;
            } else {
                break;
            }
        }
        double[] weights = new double[kept];
        for (int j = 0; j < kept; j++) {
            weights[j] = (lambda[kept - 1] + shift) / (lambda[j] + shift) - 1;
        }
        String note = kept == 0
                ? "no eigenvalue found"
                : (kept == l ? "" : kept + " of " + l + " eigenvalues kept, ")
                        + String.format(Locale.ROOT, "eigenvalues from %.3g to %.3g", lambda[0], lambda[kept - 1]);
        return new LowRank(n, v, Arrays.copyOf(u, kept), weights, new double[kept], name(), note);
    }

    @Override
    public String name() {
        return "Nystrom(" + rank + ")";
    }

    /** z ← r + U D Uᵀ r with D = (λ_k + μ)(Λ + μ I)⁻¹ − I. */
    private record LowRank(
            int size, Vectors vectors, double[][] u, double[] weights, double[] c, String name, String note)
            implements Preconditioner {
        @Override
        public Kind kind() {
            return Kind.SPD;
        }

        @Override
        public void apply(double[] r, double[] z) {
            int k = weights.length;
            vectors.dots(u, k, r, c);
            for (int j = 0; j < k; j++) {
                c[j] *= weights[j];
            }
            vectors.copy(r, z);
            vectors.add(u, k, c, z);
        }

        @Override
        public long bytes() {
            return 8L * weights.length * (size + 2L);
        }
    }
}
