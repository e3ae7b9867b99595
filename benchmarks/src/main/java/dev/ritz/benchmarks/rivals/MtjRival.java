package dev.ritz.benchmarks.rivals;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.LinearSystem;
import java.util.Arrays;
import java.util.List;
import no.uib.cipr.matrix.DenseVector;
import no.uib.cipr.matrix.sparse.AbstractIterativeSolver;
import no.uib.cipr.matrix.sparse.BiCGstab;
import no.uib.cipr.matrix.sparse.CG;
import no.uib.cipr.matrix.sparse.CompRowMatrix;
import no.uib.cipr.matrix.sparse.DefaultIterationMonitor;
import no.uib.cipr.matrix.sparse.DiagonalPreconditioner;
import no.uib.cipr.matrix.sparse.GMRES;
import no.uib.cipr.matrix.sparse.ILU;
import no.uib.cipr.matrix.sparse.IterativeSolverNotConvergedException;
import no.uib.cipr.matrix.sparse.Preconditioner;

/**
 * Matrix Toolkits Java. Its ICC takes time quadratic in n to set up, so CG runs with its ILU(0), which for a symmetric
 * matrix is the same map.
 */
final class MtjRival implements Rival {

    @Override
    public String name() {
        return "MTJ";
    }

    @Override
    public String version() {
        return "1.0.4";
    }

    @Override
    public List<Pairing> pairings(TestProblem problem) {
        return problem.symmetric()
                ? List.of(new Pairing("cg", "jacobi"), new Pairing("cg", "ilu0"))
                : List.of(new Pairing("bicgstab", "ilu0"), new Pairing("gmres", "ilu0"));
    }

    @Override
    public Contest prepare(LinearSystem system, Pairing pairing) {
        CompRowMatrix a = matrix(system.a());
        DenseVector b = new DenseVector(system.b(), false);
        DenseVector x = new DenseVector(system.size());
        return new Contest() {
            private AbstractIterativeSolver solver;

            @Override
            public void setUp() {
                if (solver == null) {
                    solver = solver(pairing, x);
                }
                solver.setPreconditioner(null); // the last one's memory is free for the next
                // ILU works in the matrix it is given
                Preconditioner m = pairing.preconditioner().equals("jacobi")
                        ? new DiagonalPreconditioner(system.size())
                        : new ILU(a.copy());
                m.setMatrix(a);
                solver.setPreconditioner(m);
            }

            @Override
            public int solve(double rtol) throws FailedException {
                Arrays.fill(x.getData(), 0);
                solver.setIterationMonitor(new DefaultIterationMonitor(100_000, rtol, 1e-300, 1e8));
                try {
                    solver.solve(a, b, x);
                } catch (IterativeSolverNotConvergedException e) {
                    throw new FailedException(String.valueOf(e.getReason()));
                }
                return solver.getIterationMonitor().iterations();
            }

            @Override
            public double[] solution() {
                return x.getData();
            }
        };
    }

    private static AbstractIterativeSolver solver(Pairing pairing, DenseVector template) {
        return switch (pairing.method()) {
            case "cg" -> new CG(template);
            case "bicgstab" -> new BiCGstab(template);
            case "gmres" -> new GMRES(template, 30);
            default -> throw new IllegalArgumentException(pairing.text() + " is not offered");
        };
    }

    private static CompRowMatrix matrix(CsrMatrix a) {
        int[][] columns = new int[a.rows()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Arrays.copyOfRange(a.colIdx(), a.rowPtr()[i], a.rowPtr()[i + 1]);
        }
        CompRowMatrix copy = new CompRowMatrix(a.rows(), a.cols(), columns);
        System.arraycopy(a.values(), 0, copy.getData(), 0, a.nnz());
        return copy;
    }
}
