package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.Locale;

/**
 * Gram-Schmidt in GMRES: how orthogonal each form leaves the basis on hard cases, and what a step costs at a length
 * where memory decides. The figures of docs/decisions/0003-gmres-orthogonalisation.md.
 *
 * <p>Arguments: n (default 1,000,000), steps m (30), cycles of each form (9). Forms take turns, medians are printed.
 */
public final class OrthogonalisationBenchmark {

    private OrthogonalisationBenchmark() {}

    /** One way to make the last of k + 1 vectors, w, orthogonal to those before it; returns the norm of what is left. */
    private interface Form {
        double orthogonalise(Basis b, int k);
    }

    private static double modified(Basis b, int k) {
        double[] w = b.columns[k];
        double square = 0;
        for (int i = 0; i < k; i++) {
            b.h[i] = b.v.dot(b.columns[i], w);
            square = b.v.axpySquare(-b.h[i], b.columns[i], w);
        }
        return b.v.norm(w, square);
    }

    private static double classical(Basis b, int k) {
        return classical(b, k, b.h);
    }

    private static double classical(Basis b, int k, double[] h) {
        double[] w = b.columns[k];
        b.v.dots(b.columns, k, w, h);
        return b.v.norm(w, b.v.subtract(b.columns, k, h, w));
    }

    private static double twice(Basis b, int k) {
        classical(b, k);
        return again(b, k);
    }

    /** The second pass only where the first left less than a given share of w (Daniel et al. 1976). */
    private static double below(double share, Basis b, int k) {
        double after = classical(b, k);
        double square = after * after;
        for (int i = 0; i < k; i++) {
            square += b.h[i] * b.h[i];
        }
        return after >= share * Math.sqrt(square) ? after : again(b, k);
    }

    /** The second projection read off while the first is subtracted: three passes over the basis, not four. */
    private static double fused(Basis b, int k) {
        double[] w = b.columns[k];
        b.v.dots(b.columns, k, w, b.h);
        b.v.subtractDots(b.columns, k, b.h, w, b.c);
        b.passes++;
        return b.v.norm(w, b.v.subtract(b.columns, k, b.c, w));
    }

    /** The same with one vector of the basis after the other. */
    private static double oneByOne(Basis b, int k) {
        b.passes++;
        return b.twins.oneByOne(b.columns, k, b.columns[k]);
    }

    /** w once, and the vector before it, of which w is the image, for the second time: two passes over the basis. */
    private static double lagged(Basis b, int k) {
        b.passes++;
        b.twins.lagged(b.columns, k - 1, b.columns[k - 1], b.columns[k]);
        return 1; // the next step scales it
    }

    private static double again(Basis b, int k) {
        b.passes++;
        return classical(b, k, b.c);
    }

    private static final String[] NAMES = {
        "modified",
        "classical",
        "classical twice",
        "twice below 0.7",
        "twice below 0.1",
        "twice, fused",
        "one by one",
        "one step of lag"
    };
    private static final Form LAGGED = OrthogonalisationBenchmark::lagged;
    private static final Form[] FORMS = {
        OrthogonalisationBenchmark::modified,
        OrthogonalisationBenchmark::classical,
        OrthogonalisationBenchmark::twice,
        (b, k) -> below(0.7, b, k),
        (b, k) -> below(0.1, b, k),
        OrthogonalisationBenchmark::fused,
        OrthogonalisationBenchmark::oneByOne,
        LAGGED
    };

    /**
     * Prints both tables.
     *
     * @param args n, steps, cycles
     */
    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int m = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        int cycles = args.length > 2 ? Integer.parseInt(args[2]) : 9;

        System.out.printf("largest entry of |V'V - I|%n%-44s", "case");
        for (String name : NAMES) {
            System.out.printf("%18s", name);
        }
        System.out.println();
        loss("diagonal 1e-14..1 geometric, n 1000, m 60", geometric(1000, 1e-14), 60);
        loss("Hilbert matrix, n 200, m 40", hilbert(200), 40);
        loss("convection-diffusion, n 10000, m 100", convectionDiffusion(100), 100);
        loss("identity + 1e-9 convection-diffusion, m 30", nearIdentity(), 30);

        int side = (int) Math.round(Math.sqrt(n));
        CsrMatrix a = convectionDiffusion(side);
        System.out.printf(
                Locale.ROOT,
                "%nmilliseconds per step, median of %d cycles of %d steps, n = %d, %d threads%n",
                cycles,
                m,
                side * side,
                WorkerPool.shared().threads());
        double[][] millis = new double[FORMS.length][cycles];
        int[] passes = new int[FORMS.length];
        Basis basis = new Basis(side * side, m);
        for (int cycle = -2; cycle < cycles; cycle++) {
            for (int f = 0; f < FORMS.length; f++) {
                double ms = basis.build(a, FORMS[f]) * 1e-6 / m;
                passes[f] = basis.passes;
                if (cycle >= 0) {
                    millis[f][cycle] = ms;
                }
            }
        }
        for (int f = 0; f < FORMS.length; f++) {
            Arrays.sort(millis[f]);
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %8.2f  (%.2f to %.2f), second passes %d of %d, |V'V - I| %.1e%n",
                    NAMES[f],
                    millis[f][cycles / 2],
                    millis[f][0],
                    millis[f][cycles - 1],
                    passes[f],
                    m,
                    basis.lossAfter(a, FORMS[f]));
        }
    }

    private static void loss(String name, LinearOperator a, int m) {
        System.out.printf("%-44s", name);
        for (Form form : FORMS) {
            Basis basis = new Basis(a.rows(), m);
            double loss = basis.lossAfter(a, form);
            System.out.printf(Locale.ROOT, "%12.1e (%3d)", loss, basis.passes);
        }
        System.out.println();
    }

    /** The Arnoldi basis of one form. */
    private static final class Basis {
        private final Vectors v;
        private final double[][] columns;
        private final double[] h;
        private final double[] c;
        private final GramSchmidtTwins twins;
        private int passes; // second passes of the last build

        Basis(int n, int m) {
            v = new Vectors(n, WorkerPool.shared());
            columns = new double[m + 1][n];
            h = new double[m + 1];
            c = new double[m + 1];
            twins = new GramSchmidtTwins(n, m, WorkerPool.shared());
        }

        /** Nanoseconds in orthogonalisation alone. */
        long build(LinearOperator a, Form form) {
            int n = v.length();
            passes = 0;
            for (int i = 0; i < n; i++) {
                columns[0][i] = 1 + 0.5 * Math.sin(i);
            }
            v.scale(1 / v.norm(columns[0]), columns[0]);
            long nanos = 0;
            for (int k = 1; k < columns.length; k++) {
                double[] w = columns[k];
                a.apply(columns[k - 1], w);
                long t = System.nanoTime();
                double norm = form.orthogonalise(this, k);
                if (norm != 1) {
                    v.scale(1 / norm, w);
                }
                nanos += System.nanoTime() - t;
            }
            return nanos;
        }

        double lossAfter(LinearOperator a, Form form) {
            build(a, form);
            if (form == LAGGED) {
                twins.finish(columns);
            }
            double worst = 0;
            for (int i = 0; i < columns.length; i++) {
                v.dots(columns, i + 1, columns[i], c);
                c[i] -= 1;
                for (int j = 0; j <= i; j++) {
                    worst = Math.max(worst, Math.abs(c[j]));
                }
            }
            return worst;
        }
    }

    private static CsrMatrix geometric(int n, double smallest) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add(i, Math.pow(smallest, i / (n - 1.0))).endRow();
        }
        return rows.build();
    }

    private static CsrMatrix hilbert(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows.add(j, 1.0 / (i + j + 1));
            }
            rows.endRow();
        }
        return rows.build();
    }

    /** Central differences on a square grid, mesh Péclet number 1/2. */
    private static CsrMatrix convectionDiffusion(int side) {
        int n = side * side;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i >= side) {
                rows.add(i - side, -1.5);
            }
            if (i % side > 0) {
                rows.add(i - 1, -1.5);
            }
            rows.add(i, 4);
            if (i % side < side - 1) {
                rows.add(i + 1, -0.5);
            }
            if (i < n - side) {
                rows.add(i + side, -0.5);
            }
            rows.endRow();
        }
        return rows.build();
    }

    private static CsrMatrix nearIdentity() {
        CsrMatrix a = convectionDiffusion(60);
        return CsrMatrix.identity(a.rows()).plus(1, 1e-9, a);
    }
}
