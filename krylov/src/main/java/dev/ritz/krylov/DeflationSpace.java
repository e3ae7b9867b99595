package dev.ritz.krylov;

import dev.ritz.api.SolveMonitor;
import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * What {@link RecyclingCg} deflates with, U and C = A U, and the first directions of a solve, P and Q = A P, from which
 * the next U is harvested.
 *
 * <p>In the basis Z = [U L⁻ᵀ, p_j/√(p_jᵀAp_j)], with UᵀAU = L Lᵀ, F = ZᵀAZ is the identity, and G = (AZ)ᵀM⁻¹AZ takes
 * no pass over a vector: A p_j = (r_j − r_{j+1})/α_j, and the r_j are M⁻¹-orthogonal, so
 *
 * <pre>
 * p_jᵀA M⁻¹A p_j     = (ρ_j + ρ_{j+1})/α_j²      ρ_j = r_jᵀz_j, z_j = M⁻¹r_j
 * p_jᵀA M⁻¹A p_{j+1} = −ρ_{j+1}/(α_j α_{j+1})
 * CᵀM⁻¹A p_j         = (Cᵀz_j − Cᵀz_{j+1})/α_j   and the step computes Cᵀz_j anyway
 * CᵀM⁻¹C             ≈ E Θ E + Σ (Cᵀz_j)(Cᵀz_j)ᵀ/ρ_j,  E = UᵀAU
 * </pre>
 *
 * The last line is the part of C in the span of M U and the residuals, with (UᵀMU)⁻¹ ≈ Θ, the values of the system
 * before. Where Θ is not known, or M is the identity and the product is at hand, it is computed.
 */
final class DeflationSpace {
    /** A column within this squared A-sine of the others adds to rounding errors, not to the space. */
    private static final double DEPENDENT = 1e-8;
    /** Rows that a combination of all columns handles at a time: they stay in a near cache. */
    private static final int TILE = 256;

    static boolean exact = Boolean.getBoolean("exact");
    static boolean bessel = !Boolean.getBoolean("nobessel");

    private final int n;
    private final double[][] u;
    private final double[][] c;
    private final double[][] p;
    private final double[][] q;
    private final double[][] lower; // L
    private final double[][] gram; // CᵀM⁻¹C, where exact
    private final double[] theta;
    private final double[][] seen; // Cᵀz_j
    private final double[] rho;
    private final double[] curvature; // p_jᵀAp_j
    private final double[] d; // Cᵀz of the step at hand
    private final double[] h;
    private final double[] first; // diagonal of E
    private final double[] rest; // what the columns of L so far leave of it
    private final double[][] tile;

    private int dimension;
    private int begun; // directions of the solve at hand
    private int kept; // those whose next residual is known: to be harvested
    private boolean products; // C = A U holds
    private boolean ready; // L and what harvests need hold
    private boolean thetaKnown;
    private boolean gramKnown;

    DeflationSpace(int n, double[][] u, double[][] c, double[][] p, double[][] q) {
        this.n = n;
        this.u = u;
        this.c = c;
        this.p = p;
        this.q = q;
        int k = u.length;
        this.lower = new double[k][k];
        this.gram = new double[k][k];
        this.theta = new double[k];
        this.seen = new double[p.length + 1][k];
        this.rho = new double[p.length + 1];
        this.curvature = new double[p.length];
        this.d = new double[k];
        this.h = new double[k];
        this.first = new double[k];
        this.rest = new double[k];
        this.tile = new double[k][Math.min(n, TILE)];
    }

    int dimension() {
        return dimension;
    }

    // ---------------------------------------------------------------- between systems

    void drop() {
        dimension = 0;
        kept = 0;
        products = false;
        ready = false;
        thetaKnown = false;
    }

    /** A or M is no longer what C and L belong to; what was collected still gives the next U. */
    void outdate() {
        products = false;
        ready = false;
    }

    void take(RecycleSpace space) {
        drop();
        dimension = Math.min(space.dimension(), u.length);
        space.copyInto(u, c, dimension);
        products = space.hasProducts();
    }

    RecycleSpace copy() {
        harvest();
        return RecycleSpace.of(n, Arrays.copyOf(u, dimension), products ? Arrays.copyOf(c, dimension) : null);
    }

    /**
     * Makes U, C and L those of the system at hand.
     *
     * @param scratch a vector to overwrite
     * @return products with A that it took
     */
    int prepare(SolveMonitor s, Vectors v, double[] scratch) {
        boolean renewed = kept > 0;
        harvest();
        begun = 0;
        if (ready && !renewed) {
            return 0;
        }
        ready = false;
        int applications = 0;
        if (!products) {
            for (; applications < dimension; applications++) {
                s.apply(u[applications], c[applications]); // C ← A U
            }
            products = true;
        }
        factor(v);
        gramKnown = p.length > 0 && (s.unpreconditioned() || !thetaKnown || exact);
        if (gramKnown) {
            for (int j = 0; j < dimension; j++) {
                s.precondition(c[j], scratch);
                v.dots(c, j + 1, scratch, gram[j]);
            }
        }
        ready = true;
        return applications;
    }

    /** E ← UᵀC = L Lᵀ with pivoting; columns that are dependent, not positive or not finite are dropped. */
    private void factor(Vectors v) {
        int k = dimension;
        for (int j = 0; j < k; j++) {
            v.dots(c, j + 1, u[j], lower[j]);
            first[j] = lower[j][j];
            rest[j] = lower[j][j];
        }
        for (int t = 0; t < k; t++) {
            int pivot = -1;
            double best = DEPENDENT;
            for (int j = t; j < k; j++) {
                if (first[j] > 0 && rest[j] / first[j] > best) {
                    best = rest[j] / first[j];
                    pivot = j;
                }
            }
            if (pivot < 0) {
                dimension = t;
                return;
            }
            swap(t, pivot, k);
            lower[t][t] = Math.sqrt(rest[t]);
            for (int i = t + 1; i < k; i++) {
                double e = lower[i][t];
                for (int j = 0; j < t; j++) {
                    e -= lower[i][j] * lower[t][j];
                }
                lower[i][t] = e / lower[t][t];
                rest[i] -= lower[i][t] * lower[i][t];
            }
        }
    }

    /** Exchanges columns t &lt; j of U and C with all that belongs to them; E is held in its lower triangle. */
    private void swap(int t, int j, int k) {
        if (t == j) {
            return;
        }
        exchange(u, t, j);
        exchange(c, t, j);
        exchange(theta, t, j);
        exchange(first, t, j);
        exchange(rest, t, j);
        for (int i = 0; i < t; i++) {
            double e = lower[t][i];
            lower[t][i] = lower[j][i];
            lower[j][i] = e;
        }
        for (int i = t + 1; i < j; i++) {
            double e = lower[i][t];
            lower[i][t] = lower[j][i];
            lower[j][i] = e;
        }
        double e = lower[t][t];
        lower[t][t] = lower[j][j];
        lower[j][j] = e;
        for (int i = j + 1; i < k; i++) {
            e = lower[i][t];
            lower[i][t] = lower[i][j];
            lower[i][j] = e;
        }
    }

    private static void exchange(double[][] w, int i, int j) {
        double[] t = w[i];
        w[i] = w[j];
        w[j] = t;
    }

    private static void exchange(double[] w, int i, int j) {
        double t = w[i];
        w[i] = w[j];
        w[j] = t;
    }

    // ---------------------------------------------------------------- within a solve

    /**
     * x ← x + U E⁻¹Uᵀr, r ← r − C E⁻¹Uᵀr: afterwards Uᵀr = 0.
     *
     * @return rᵀr
     */
    double project(Vectors v, double[] r, double[] x) {
        v.dots(u, dimension, r, h);
        solve(h);
        v.add(u, dimension, h, x);
        return v.subtract(c, dimension, h, r);
    }

    /** Cᵀz, which {@link #begin} and {@link #deflate} read. */
    void measure(Vectors v, double[] z) {
        v.dots(c, dimension, z, d);
    }

    /** p ← p − U E⁻¹Cᵀz. */
    void deflate(Vectors v, double[] direction) {
        System.arraycopy(d, 0, h, 0, dimension);
        solve(h);
        v.subtract(u, dimension, h, direction);
    }

    /** {@return whether the directions of a solve are wanted} */
    boolean collects() {
        return p.length > 0;
    }

    /**
     * Notes that the residual of a step is known, which completes the step before.
     *
     * @return whether the step's own direction is wanted too
     */
    boolean begin(double rhoOfStep) {
        rho[begun] = rhoOfStep;
        System.arraycopy(d, 0, seen[begun], 0, dimension);
        kept = begun;
        return begun < p.length;
    }

    /** {@return memory for the direction of the step begun} */
    double[] direction() {
        return p[begun];
    }

    /** {@return memory for its product with A} */
    double[] product() {
        return q[begun];
    }

    /** Notes pᵀAp &gt; 0 of the step begun. */
    void end(double pq) {
        curvature[begun++] = pq;
    }

    /** w ← E⁻¹ w. */
    private void solve(double[] w) {
        forward(w);
        backward(w);
    }

    /** w ← L⁻¹ w. */
    private void forward(double[] w) {
        for (int i = 0; i < dimension; i++) {
            double sum = w[i];
            for (int j = 0; j < i; j++) {
                sum -= lower[i][j] * w[j];
            }
            w[i] = sum / lower[i][i];
        }
    }

    /** w ← L⁻ᵀ w. */
    private void backward(double[] w) {
        for (int i = dimension - 1; i >= 0; i--) {
            double sum = w[i];
            for (int j = i + 1; j < dimension; j++) {
                sum -= lower[j][i] * w[j];
            }
            w[i] = sum / lower[i][i];
        }
    }

    // ---------------------------------------------------------------- harvest

    /** U ← Z Y with the eigenvectors of G of smallest θ, and C ← A Z Y where C holds; M⁻¹A u ≈ θ u. */
    private void harvest() {
        int k = dimension;
        int size = k + kept;
        if (kept == 0) {
            return;
        }
        double[][] g = pencil(size);
        kept = 0;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!finite(g) || !eigen.decompose(new DMatrixRMaj(g))) {
            return; // the old space still serves
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(
                eigen.getEigenvalue(i).real, eigen.getEigenvalue(j).real));
        int wanted = Math.min(u.length, size);
        double[][] y = new double[wanted][size];
        for (int j = 0; j < wanted; j++) {
            theta[j] = eigen.getEigenvalue(order[j]).real;
            System.arraycopy(eigen.getEigenVector(order[j]).data, 0, y[j], 0, size);
            backward(y[j]);
            for (int i = k; i < size; i++) {
                y[j][i] /= Math.sqrt(curvature[i - k]);
            }
        }
        combine(u, p, size, y);
        if (products) {
            combine(c, q, size, y);
        }
        dimension = wanted;
        thetaKnown = true;
    }

    /** G in the A-orthonormal basis. */
    private double[][] pencil(int size) {
        int k = dimension;
        double[][] g = new double[size][size];
        double[] w = new double[k];
        if (gramKnown) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    g[i][j] = gram[i][j];
                    g[j][i] = gram[i][j];
                }
            }
            for (int pass = 0; pass < 2; pass++) { // L⁻¹ (L⁻¹ G)ᵀ
                for (int j = 0; j < k; j++) {
                    for (int i = 0; i < k; i++) {
                        w[i] = g[i][j];
                    }
                    forward(w);
                    for (int i = 0; i < k; i++) {
                        g[i][j] = w[i];
                    }
                }
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < i; j++) {
                        double t = g[i][j];
                        g[i][j] = g[j][i];
                        g[j][i] = t;
                    }
                }
            }
        } else {
            for (int i = 0; i < k; i++) { // Lᵀ Θ L + Σ (L⁻¹ d)(L⁻¹ d)ᵀ/ρ
                for (int j = 0; j < k; j++) {
                    for (int l = Math.max(i, j); l < k; l++) {
                        g[i][j] += lower[l][i] * theta[l] * lower[l][j];
                    }
                }
            }
        }
        for (int t = 0; t <= kept; t++) {
            forward(seen[t]);
            for (int i = 0; i < k && !gramKnown && bessel; i++) {
                for (int j = 0; j < k; j++) {
                    g[i][j] += seen[t][i] * seen[t][j] / rho[t];
                }
            }
        }
        for (int t = 0; t < kept; t++) {
            double root = Math.sqrt(curvature[t]) / rho[t]; // 1/(α √pᵀAp)
            int column = k + t;
            for (int i = 0; i < k; i++) {
                g[i][column] = (seen[t][i] - seen[t + 1][i]) * root;
                g[column][i] = g[i][column];
            }
            g[column][column] = (rho[t] + rho[t + 1]) * root * root;
            if (t + 1 < kept) {
                g[column][column + 1] = -root * Math.sqrt(curvature[t + 1]);
                g[column + 1][column] = g[column][column + 1];
            }
        }
        return g;
    }

    private static boolean finite(double[][] g) {
        for (double[] row : g) {
            for (double entry : row) {
                if (!Double.isFinite(entry)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** [left, right] y_j for each j into left_j, a tile of rows at a time, so that no further vector is needed. */
    private void combine(double[][] left, double[][] right, int size, double[][] y) {
        for (int from = 0; from < n; from += TILE) {
            int length = Math.min(TILE, n - from);
            for (int j = 0; j < y.length; j++) {
                Arrays.fill(tile[j], 0);
                for (int i = 0; i < size; i++) {
                    add(y[j][i], i < dimension ? left[i] : right[i - dimension], from, tile[j], length);
                }
            }
            for (int j = 0; j < y.length; j++) {
                System.arraycopy(tile[j], 0, left[j], from, length);
            }
        }
    }

    private static void add(double a, double[] z, int from, double[] w, int length) {
        for (int i = 0; i < length; i++) {
            w[i] += a * z[from + i];
        }
    }
}
