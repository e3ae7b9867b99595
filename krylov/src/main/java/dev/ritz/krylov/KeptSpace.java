package dev.ritz.krylov;

import dev.ritz.api.Cause;
import dev.ritz.api.Part;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;

/**
 * The space that {@link GcroDr} keeps: U, and C = A M⁻¹ U with CᵀC = I in the first places of the memory that the Arnoldi
 * basis continues. The vector behind C is the residual of the solve at hand.
 */
final class KeptSpace {
    /** A column that keeps less than this share against those before it depends on them. */
    private static final double DEPENDENT = 1e-12;

    /** CᵀC may be this far from I. */
    private static final double ORTHONORMAL = 1e-12;

    private final Vectors v;
    private final int n;
    private final int max;
    private final double[][] u;
    private final double[][] basis;
    private final double[] h;
    private final double[] correction;

    private int kept;
    private boolean productsKnown;
    private int refreshApplications;

    /**
     * An empty space.
     *
     * @param v kernels
     * @param u memory for as many vectors as may be kept
     * @param basis memory for C, the residual and what follows
     */
    KeptSpace(Vectors v, double[][] u, double[][] basis) {
        this.v = v;
        this.n = v.length();
        this.max = u.length;
        this.u = u;
        this.basis = basis;
        this.h = new double[basis.length];
        this.correction = new double[basis.length];
    }

    /** {@return k, the vectors kept} */
    int dimension() {
        return kept;
    }

    /** {@return the vector behind C} */
    double[] residual() {
        return basis[kept];
    }

    /** {@return whether C belongs to U} */
    boolean productsKnown() {
        return productsKnown;
    }

    /** {@return products that {@link #renew} has taken since {@link #startCounting}} */
    int refreshApplications() {
        return refreshApplications;
    }

    void startCounting() {
        refreshApplications = 0;
    }

    /** Names how many of the vectors in memory are the space, with C = A M⁻¹ U. */
    void keep(int count) {
        kept = count;
        productsKnown = true;
    }

    /**
     * C ← A M⁻¹ U, orthonormal; the residual stays behind C.
     *
     * @param s the solve at hand
     * @param z scratch for M⁻¹ u; null where U needs no M⁻¹
     * @return false when the products are not finite; the solve is then told, and nothing is kept
     */
    boolean renew(SolveMonitor s, double[] z) {
        int count = kept;
        int independent = 0;
        kept = 0; // whatever a part throws, nothing half renewed is kept
        double[] r = basis[count];
        for (int j = 0; j < count; j++) {
            if (!(v.norm(u[j]) < Double.POSITIVE_INFINITY)) {
                continue;
            }
            double[] zj = z == null ? u[j] : z;
            if (zj != u[j]) {
                s.precondition(u[j], zj);
            }
            s.apply(zj, basis[independent]);
            refreshApplications++;
            double left = Arnoldi.orthogonalise(v, basis, independent, basis[independent], h, correction);
            if (!(left < Double.POSITIVE_INFINITY)) {
                boolean operator = Double.isFinite(v.norm(zj));
                s.failPositive(
                        left,
                        Cause.NOT_FINITE,
                        "the norm of A M^-1 u",
                        operator ? basis[independent] : zj,
                        operator ? Part.OPERATOR : Part.PRECONDITIONER);
                return false;
            }
            independent = admit(j, independent, left);
        }
        if (independent < count) {
            v.copy(r, basis[independent]);
        }
        kept = independent;
        productsKnown = true;
        return true;
    }

    /** u_j ← (u_j − Σ h_i u_i) / left, and c likewise, unless nothing new is left of it; returns the new count. */
    private int admit(int j, int count, double left) {
        double before = left;
        for (int i = 0; i < count; i++) {
            before = Math.hypot(before, h[i]);
        }
        double scale = 1 / left;
        if (!(left > DEPENDENT * before && scale < Double.POSITIVE_INFINITY)) {
            return count;
        }
        double[] uj = u[j];
        u[j] = u[count];
        u[count] = uj;
        v.subtract(u, count, h, uj);
        v.scale(scale, uj);
        v.scale(scale, basis[count]);
        return count + 1;
    }

    /** Forgets the space; r moves to the first place. */
    void drop() {
        if (kept > 0) {
            v.copy(basis[kept], basis[0]);
            kept = 0;
        }
    }

    /** {@return the space as a value; empty where U left the range of a double} */
    RecycleSpace copy() {
        for (int j = 0; j < kept; j++) {
            if (!(v.norm(u[j]) < Double.POSITIVE_INFINITY)) {
                return RecycleSpace.empty(n);
            }
        }
        return RecycleSpace.of(n, Arrays.copyOf(u, kept), productsKnown ? Arrays.copyOf(basis, kept) : null);
    }

    /** Takes over as many columns as fit; products that are not orthonormal are made so, and U with them. */
    void take(RecycleSpace space) {
        if (space.size() != n) {
            throw new IllegalArgumentException("the space is of size " + space.size() + ", the workspace for " + n);
        }
        int count = Math.min(max, space.dimension());
        space.copyInto(u, basis, count);
        productsKnown = space.hasProducts();
        kept = count;
        if (productsKnown && !orthonormal(count)) {
            kept = 0;
            int independent = 0;
            for (int j = 0; j < count; j++) {
                double[] c = basis[j];
                basis[j] = basis[independent];
                basis[independent] = c;
                double left = Arnoldi.orthogonalise(v, basis, independent, c, h, correction);
                independent = left < Double.POSITIVE_INFINITY ? admit(j, independent, left) : independent;
            }
            kept = independent;
        }
    }

    private boolean orthonormal(int count) {
        for (int j = 0; j < count; j++) {
            v.dots(basis, j + 1, basis[j], h);
            for (int i = 0; i <= j; i++) {
                if (!(Math.abs(h[i] - (i == j ? 1 : 0)) <= ORTHONORMAL)) {
                    return false;
                }
            }
        }
        return true;
    }
}
