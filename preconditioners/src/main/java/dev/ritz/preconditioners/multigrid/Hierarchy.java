package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Builds the levels of a cycle, from the finest to the coarsest. */
final class Hierarchy {
    private static final int MOST_LEVELS = 30;
    /** The next level must be smaller than this share. */
    private static final double STAGNATION = 0.8;
    /** Where coarsening stagnates, a matrix of so many unknowns is still inverted. */
    private static final int LARGEST_DENSE = 1500;
    /** A coarse diagonal entry below this, relative to that of Pᵀ D P, is rounding. */
    private static final double NOTHING = 1e-13;
    /** The largest spectrum of S A under SPAI-0, below 2. */
    private static final double CONTRACTION = 1.9;

    /** Coarse matrices may have so many times the entries of the finest; more, and sweeps over A are cheaper. */
    private static final double MOST_COMPLEXITY = 4;
    /** A coarse matrix is estimated from so many of its rows before it is computed. */
    private static final int SAMPLES = 64;
    /** Below so many entries nothing is estimated. */
    private static final int FEW = 100_000;

    private final Amg options;
    private final AmgCycle kept;
    private final List<Level> levels = new ArrayList<>();
    private boolean symmetric;
    /** Of the level at hand: rows per node, and the near-null space row by row. */
    private int unknowns;

    private double[] b;

    private Hierarchy(Amg options, AmgCycle kept) {
        this.options = options;
        this.kept = kept;
    }

    /**
     * Builds a cycle.
     *
     * @param kept a cycle whose transfer operators are taken over, or null
     */
    static AmgCycle build(String name, Amg options, CsrMatrix a, AmgCycle kept) {
        return new Hierarchy(options, kept).build(name, a);
    }

    private AmgCycle build(String name, CsrMatrix finest) {
        Requirements.finite(finest);
        int[] positions = finest.pattern().diagonalPositions();
        double[] d = Requirements.diagonal(finest, positions);
        symmetric = Requirements.isSymmetric(finest, positions);
        boolean positive = true;
        for (double di : d) {
            positive &= di > 0;
        }
        CsrMatrix a = finest;
        unknowns = options.nearNullSpace().unknownsPerNode();
        b = kept == null ? options.nearNullSpace().rowMajor(finest.rows()) : null;
        double entries = 0;
        boolean coarsened = true;
        while (coarsened && a.rows() > options.coarseSize() && levels.size() < MOST_LEVELS - 1) {
            BlockRows rows = BlockRows.choose(a, options.precision());
            double[] c = new double[d.length];
            for (int i = 0; i < c.length; i++) {
                c[i] = 1 / d[i];
            }
            // at least 1, as the largest eigenvalue of D⁻¹ A is where D is the diagonal of a symmetric A
            double bound = Math.max(1, Spectrum.bound(a, rows, c, symmetric && positive));
            Transfer transfer = kept == null ? transfer(a, positions, d, bound) : kept.levels()[levels.size()].transfer;
            LevelSmoother smoother = smoother(a, rows, d, c, bound);
            coarsened = transfer != null;
            if (coarsened && kept == null && finest.nnz() > FEW) {
                entries += SparseProduct.estimate(a, transfer.p(), transfer.pt(), SAMPLES);
                checkFill(entries, finest.nnz());
            }
            CsrMatrix coarse = coarsened ? transfer.galerkin(a) : null;
            levels.add(new Level(a, rows, smoother, coarsened ? transfer.leadingTo(coarse) : null));
            if (coarsened) {
                a = coarse;
                positions = a.pattern().diagonalPositions();
                d = coarseDiagonal(a, positions, transfer.pt(), d);
            }
        }
        DenseInverse coarsest = null;
        if (coarsened) {
            levels.add(new Level(a, BlockRows.of(a, options.precision()), null, null));
            coarsest = DenseInverse.of(a, d, symmetric);
        }
        boolean spd = symmetric && positive && (coarsest == null || coarsest.isDefinite());
        return new AmgCycle(
                name,
                options,
                spd ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED,
                finest.pattern(),
                finest.pool(),
                levels.toArray(new Level[0]),
                coarsest);
    }

    private static void checkFill(double entries, int finest) {
        if (entries > MOST_COMPLEXITY * finest) {
            throw new BuildException(
                    BuildException.Reason.TOO_LARGE,
                    -1,
                    String.format(
                            Locale.ROOT,
                            "coarse matrices would have about %.3g entries, expected at most %.0f times the %d of A",
                            entries,
                            MOST_COMPLEXITY,
                            finest),
                    "try a larger threshold, or Ic0: the graph of A is no mesh");
        }
    }

    /** P and its transpose; null where no node has a strong neighbour or coarsening stagnates. */
    private Transfer transfer(CsrMatrix a, int[] positions, double[] d, double bound) {
        double threshold = options.strength() == Strength.SYMMETRIC
                ? Math.scalb(options.threshold(), -levels.size())
                : options.threshold();
        StrongGraph graph = StrongGraph.of(a, positions, unknowns, options.strength(), threshold);
        Aggregates aggregates = Aggregates.of(graph);
        int columns = b.length / a.rows();
        if (aggregates.count() == 0 || !((double) aggregates.count() * columns < STAGNATION * a.rows())) {
            return null;
        }
        Tentative tentative = Tentative.of(aggregates, b, unknowns, columns);
        CsrMatrix p = new Prolongation(a, d, graph, aggregates, tentative, unknowns, 4.0 / 3 / bound).matrix();
        unknowns = columns;
        b = tentative.coarse();
        return Transfer.of(p, options.precision());
    }

    /** The diagonal to divide by: where Pᵀ A P has none, as for constants on a part without boundary, that of Pᵀ D P. */
    private double[] coarseDiagonal(CsrMatrix a, int[] positions, CsrMatrix pt, double[] fine) {
        double[] d = new double[a.rows()];
        for (int i = 0; i < d.length; i++) {
            double scale = 0;
            for (int k = pt.rowPtr()[i]; k < pt.rowPtr()[i + 1]; k++) {
                scale += pt.values()[k] * pt.values()[k] * Math.abs(fine[pt.colIdx()[k]]);
            }
            d[i] = positions[i] < 0 ? 0 : a.values()[positions[i]];
            if (!(Math.abs(d[i]) > NOTHING * scale)) {
                d[i] = scale > 0 ? scale : 1;
            }
            if (!(Math.abs(d[i]) <= Double.MAX_VALUE) || !(Math.abs(1 / d[i]) <= Double.MAX_VALUE)) {
                throw new BuildException(
                        BuildException.Reason.NOT_FINITE,
                        -1,
                        "diagonal entry " + i + " of level " + levels.size() + " is " + d[i],
                        "try Scaled");
            }
        }
        return d;
    }

    private LevelSmoother smoother(CsrMatrix a, BlockRows rows, double[] d, double[] c, double bound) {
        int steps = options.steps();
        switch (options.smoother()) {
            case CHEBYSHEV:
                return PolynomialSmoother.chebyshev(rows, c, bound, steps);
            case GAUSS_SEIDEL:
                return new GaussSeidelSmoother(a, d.clone(), steps);
            case L1_JACOBI:
                for (int i = 0; i < d.length; i++) {
                    double sum = 0;
                    for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                        sum += Math.abs(a.values()[k]);
                    }
                    c[i] = 4.0 / 3 / Math.copySign(Math.max(sum, Math.abs(d[i])), d[i]);
                }
                return PolynomialSmoother.plain(rows, c, steps);
            case SPAI0:
                for (int i = 0; i < d.length; i++) {
                    double sum = 0;
                    for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                        double relative = a.values()[k] / d[i];
                        sum += relative * relative;
                    }
                    c[i] = 1 / (d[i] * Math.max(sum, 1));
                }
                double radius = Spectrum.bound(a, rows, c, symmetric);
                if (radius > CONTRACTION) {
                    for (int i = 0; i < c.length; i++) {
                        c[i] *= CONTRACTION / radius;
                    }
                }
                return PolynomialSmoother.plain(rows, c, steps);
            default:
                throw new IllegalStateException("no smoother " + options.smoother());
        }
    }
}
