package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.benchmarks.SmallSystems.Contender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import no.uib.cipr.matrix.DenseVector;
import no.uib.cipr.matrix.sparse.AbstractIterativeSolver;
import no.uib.cipr.matrix.sparse.CG;
import no.uib.cipr.matrix.sparse.CompRowMatrix;
import no.uib.cipr.matrix.sparse.DefaultIterationMonitor;
import no.uib.cipr.matrix.sparse.DiagonalPreconditioner;
import no.uib.cipr.matrix.sparse.GMRES;
import no.uib.cipr.matrix.sparse.ILU;
import no.uib.cipr.matrix.sparse.IterativeSolverNotConvergedException;
import org.ojalgo.equation.Equation;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.matrix.task.iterative.ConjugateGradientSolver;
import org.ojalgo.matrix.task.iterative.Preconditioner;
import org.ojalgo.type.context.NumberContext;

/** Other libraries of the JVM on the same systems, each set up as its documentation has it. */
final class SmallRivals {
    private SmallRivals() {}

    /** CG with Jacobi from MTJ, Commons Math, Hipparchus and ojAlgo. */
    static List<Contender> cg(CsrMatrix a, double[] b, double rtol) {
        CompRowMatrix mtj = mtj(a);
        DiagonalPreconditioner jacobi = new DiagonalPreconditioner(a.rows());
        jacobi.setMatrix(mtj);
        CG cg = new CG(new DenseVector(a.rows()));
        cg.setPreconditioner(jacobi);
        return List.of(mtj(cg, mtj, b, rtol), commons(a, b, rtol), hipparchus(a, b, rtol), ojAlgo(a, b, rtol));
    }

    /** GMRES with ILU(0), which only MTJ has. */
    static List<Contender> gmres(CsrMatrix a, double[] b, double rtol, int restart) {
        CompRowMatrix mtj = mtj(a);
        ILU ilu = new ILU(mtj(a));
        ilu.setMatrix(mtj);
        GMRES gmres = new GMRES(new DenseVector(a.rows()), restart);
        gmres.setPreconditioner(ilu);
        return List.of(mtj(gmres, mtj, b, rtol * 0.1)); // it looks at the preconditioned residual
    }

    private static CompRowMatrix mtj(CsrMatrix a) {
        int[][] columns = new int[a.rows()][];
        for (int i = 0; i < a.rows(); i++) {
            columns[i] = Arrays.copyOfRange(a.colIdx(), a.rowPtr()[i], a.rowPtr()[i + 1]);
        }
        CompRowMatrix matrix = new CompRowMatrix(a.rows(), a.cols(), columns);
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                matrix.set(i, a.colIdx()[k], a.values()[k]);
            }
        }
        return matrix;
    }

    private static Contender mtj(AbstractIterativeSolver solver, CompRowMatrix matrix, double[] b, double rtol) {
        DefaultIterationMonitor monitor = new DefaultIterationMonitor();
        monitor.setRelativeTolerance(rtol);
        monitor.setAbsoluteTolerance(1e-300);
        solver.setIterationMonitor(monitor);
        DenseVector rhs = new DenseVector(b, false);
        DenseVector x = new DenseVector(b.length);
        return new Contender(
                "MTJ",
                () -> {
                    x.zero();
                    try {
                        solver.solve(matrix, rhs, x);
                    } catch (IterativeSolverNotConvergedException e) {
                        throw new IllegalStateException(e);
                    }
                    return x.get(0);
                },
                x.getData());
    }

    private static Contender commons(CsrMatrix a, double[] b, double rtol) {
        var operator = new org.apache.commons.math3.linear.RealLinearOperator() {
            @Override
            public int getRowDimension() {
                return a.rows();
            }

            @Override
            public int getColumnDimension() {
                return a.cols();
            }

            @Override
            public org.apache.commons.math3.linear.RealVector operate(org.apache.commons.math3.linear.RealVector x) {
                double[] y = new double[a.rows()];
                a.apply(
                        x instanceof org.apache.commons.math3.linear.ArrayRealVector v ? v.getDataRef() : x.toArray(),
                        y);
                return new org.apache.commons.math3.linear.ArrayRealVector(y, false);
            }
        };
        var jacobi = new org.apache.commons.math3.linear.JacobiPreconditioner(a.diagonal(), false);
        var solver = new org.apache.commons.math3.linear.ConjugateGradient(10_000, rtol, false);
        var rhs = new org.apache.commons.math3.linear.ArrayRealVector(b);
        double[] x = new double[b.length];
        return new Contender(
                "Commons Math",
                () -> {
                    Arrays.fill(x, 0);
                    var x0 = new org.apache.commons.math3.linear.ArrayRealVector(x, false);
                    return solver.solveInPlace(operator, jacobi, rhs, x0).getEntry(0);
                },
                x);
    }

    private static Contender hipparchus(CsrMatrix a, double[] b, double rtol) {
        var operator = new org.hipparchus.linear.RealLinearOperator() {
            @Override
            public int getRowDimension() {
                return a.rows();
            }

            @Override
            public int getColumnDimension() {
                return a.cols();
            }

            @Override
            public org.hipparchus.linear.RealVector operate(org.hipparchus.linear.RealVector x) {
                double[] y = new double[a.rows()];
                a.apply(x instanceof org.hipparchus.linear.ArrayRealVector v ? v.getDataRef() : x.toArray(), y);
                return new org.hipparchus.linear.ArrayRealVector(y, false);
            }
        };
        var jacobi = new org.hipparchus.linear.JacobiPreconditioner(a.diagonal(), false);
        var solver = new org.hipparchus.linear.ConjugateGradient(10_000, rtol, false);
        var rhs = new org.hipparchus.linear.ArrayRealVector(b);
        double[] x = new double[b.length];
        return new Contender(
                "Hipparchus",
                () -> {
                    Arrays.fill(x, 0);
                    var x0 = new org.hipparchus.linear.ArrayRealVector(x, false);
                    return solver.solveInPlace(operator, jacobi, rhs, x0).getEntry(0);
                },
                x);
    }

    private static Contender ojAlgo(CsrMatrix a, double[] b, double rtol) {
        List<Equation> rows = new ArrayList<>();
        for (int i = 0; i < a.rows(); i++) {
            Equation row = Equation.sparse(i, a.cols(), a.rowPtr()[i + 1] - a.rowPtr()[i]);
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                row.set(a.colIdx()[k], a.values()[k]);
            }
            row.setRHS(b[i]);
            rows.add(row);
        }
        ConjugateGradientSolver solver = new ConjugateGradientSolver();
        solver.configurator()
                .accuracy(NumberContext.of((int) Math.ceil(-Math.log10(rtol)) + 1)) // its rule allows more than rtol
                .iterations(10_000)
                .preconditioner(Preconditioner.newJacobi());
        R064Store store = R064Store.FACTORY.make(a.rows(), 1);
        double[] x = new double[a.rows()];
        return new Contender(
                "ojAlgo",
                () -> {
                    store.fillAll(0.0);
                    double norm = solver.resolve(rows, store);
                    store.supplyTo(x);
                    return norm;
                },
                x);
    }
}
