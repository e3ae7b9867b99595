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
    /** Rows that a combination of all columns handles at a time: they stay in a near cache. */
    private static final int TILE = 256;

    private final int n;
    private final double[][] u;
    private final double[][] c;
    private final double[][] p;
    private final double[][] q;
    private final PivotedCholesky energy; // E = L Lᵀ
    private final double[][] gram; // CᵀM⁻¹C, its lower triangle, where computed
    private final double[] theta;
    private final double[][] seen; // Cᵀz_j
    private final double[] rho;
    private final double[] curvature; // p_jᵀAp_j
    private final double[] d; // Cᵀz of the step at hand
    private final double[] h;
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
        this.energy = new PivotedCholesky(k);
        this.gram = new double[k][k];
        this.theta = new double[k];
        this.seen = new double[p.length + 1][k];
        this.rho = new double[p.length + 1];
        this.curvature = new double[p.length];
        this.d = new double[k];
        this.h = new double[k];
        this.tile = new double[k][Math.min(n, TILE)];
    }

    int dimension() {
        return dimension;
    }

    // ---------------------------------------------------------------- between systems

    void drop() {
        dimension = energy.factor(0);
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
        boolean harvested = kept > 0;
        harvest();
        begun = 0;
        if (ready && !harvested) {
            return 0;
        }
        ready = false;
        boolean same = products;
        int applications = 0;
        if (!products) {
            for (; applications < dimension; applications++) {
                s.apply(u[applications], c[applications]); // C ← A U
            }
            products = true;
        }
        factor(v);
        gramKnown = same && thetaKnown || s.unpreconditioned() || !thetaKnown;
        for (int j = 0; j < dimension && gramKnown && p.length > 0; j++) {
            if (same && thetaKnown) {
                Arrays.fill(gram[j], 0);
                gram[j][j] = theta[j]; // the basis of the harvest, in which G is diagonal
            } else {
                s.precondition(c[j], scratch);
                v.dots(c, j + 1, scratch, gram[j]); // CᵀM⁻¹C
            }
        }
        ready = true;
        return applications;
    }

    /** E ← UᵀC = L Lᵀ; columns that are dependent, not positive or not finite are dropped. */
    private void factor(Vectors v) {
        for (int j = 0; j < dimension; j++) {
            v.dots(c, j + 1, u[j], energy.row(j));
        }
        int rank = energy.factor(dimension);
        for (int t = 0; t < rank; t++) {
            int j = energy.exchanged(t);
            exchange(u, t, j);
            exchange(c, t, j);
            double value = theta[t];
            theta[t] = theta[j];
            theta[j] = value;
        }
        dimension = rank;
    }

    private static void exchange(double[][] w, int i, int j) {
        double[] t = w[i];
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
        energy.solve(h);
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
        energy.solve(h);
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
        Arrays.sort(order, (i, j) -> Double.compare(eigen.getEigenvalue(i).real, eigen.getEigenvalue(j).real));
        int wanted = Math.min(u.length, size);
        double[][] y = new double[wanted][size];
        for (int j = 0; j < wanted; j++) {
            theta[j] = eigen.getEigenvalue(order[j]).real;
            System.arraycopy(eigen.getEigenVector(order[j]).data, 0, y[j], 0, size);
            energy.backward(y[j]);
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
        for (int t = 0; t <= kept; t++) {
            energy.forward(seen[t]); // L⁻¹Cᵀz
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = gramKnown ? gram[i][j] : modelled(i, j);
                g[i][j] = entry;
                g[j][i] = entry;
            }
        }
        if (gramKnown) { // L⁻¹ G L⁻ᵀ
            forwardRows(g);
            transpose(g, k);
            forwardRows(g);
        }
        for (int t = 0; t < kept; t++) {
            double root = Math.sqrt(curvature[t]) / rho[t]; // 1/(α_t √p_tᵀAp_t)
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

    /** An entry of LᵀΘL + Σ (L⁻¹Cᵀz)(L⁻¹Cᵀz)ᵀ/ρ. */
    private double modelled(int i, int j) {
        double sum = 0;
        for (int l = Math.max(i, j); l < dimension; l++) {
            sum += energy.row(l)[i] * theta[l] * energy.row(l)[j];
        }
        for (int t = 0; t <= kept; t++) {
            sum += seen[t][i] * seen[t][j] / rho[t];
        }
        return sum;
    }

    private void forwardRows(double[][] g) {
        for (int i = 0; i < dimension; i++) {
            energy.forward(g[i]);
        }
    }

    private static void transpose(double[][] g, int k) {
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                double t = g[i][j];
                g[i][j] = g[j][i];
                g[j][i] = t;
            }
        }
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
        double[][] all = Arrays.copyOf(left, size);
        System.arraycopy(right, 0, all, dimension, size - dimension);
        for (int from = 0; from < n; from += TILE) {
            int length = Math.min(TILE, n - from);
            for (int j = 0; j < y.length; j++) {
                Arrays.fill(tile[j], 0);
                int i = 0;
                for (; i < size - 3; i += 4) {
                    add(y[j], all, i, from, tile[j], length);
                }
                for (; i < size; i++) {
                    add(y[j][i], all[i], from, tile[j], length);
                }
            }
            for (int j = 0; j < y.length; j++) {
                System.arraycopy(tile[j], 0, left[j], from, length);
            }
        }
    }

    /** w ← w + Σ a_j z_j for four columns: w is read and written once. */
    private static void add(double[] a, double[][] z, int j, int from, double[] w, int length) {
        double a0 = a[j];
        double a1 = a[j + 1];
        double a2 = a[j + 2];
        double a3 = a[j + 3];
        double[] z0 = z[j];
        double[] z1 = z[j + 1];
        double[] z2 = z[j + 2];
        double[] z3 = z[j + 3];
        for (int i = 0; i < length; i++) {
            w[i] += a0 * z0[from + i] + a1 * z1[from + i] + (a2 * z2[from + i] + a3 * z3[from + i]);
        }
    }

    private static void add(double a, double[] z, int from, double[] w, int length) {
        for (int i = 0; i < length; i++) {
            w[i] += a * z[from + i];
        }
    }
}
