package dev.ritz.benchmarks.rivals;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.LinearSystem;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.interfaces.linsol.LinearSolverSparse;
import org.ejml.sparse.FillReducing;
import org.ejml.sparse.csc.factory.LinearSolverFactory_DSCC;

/**
 * EJML's sparse direct solvers. It has no fill-reducing order of its own, so the unknowns stay in the order they come
 * in, a band on grids and on ordered meshes; systems whose band would not fit in memory are not tried.
 */
final class EjmlRival implements Rival {
    /** The most entries of a factor, of 12 bytes each, growing by doubling. */
    private static final long MOST_ENTRIES = 150_000_000;

    @Override
    public String name() {
        return "EJML";
    }

    @Override
    public String version() {
        return "0.46.1";
    }

    @Override
    public List<Pairing> pairings(TestProblem problem) {
        return List.of(new Pairing(problem.symmetric() ? "cholesky" : "lu", "none"));
    }

    @Override
    public Contest prepare(LinearSystem system, Pairing pairing) {
        boolean cholesky = pairing.method().equals("cholesky");
        long fill = envelope(system.a()) * (cholesky ? 1 : 3); // pivoting widens U
        if (fill > MOST_ENTRIES) {
            throw new IllegalStateException("not tried: the factor would have up to " + fill + " entries");
        }
        DMatrixSparseCSC a = columns(system.a());
        DMatrixRMaj b = DMatrixRMaj.wrap(system.size(), 1, system.b());
        DMatrixRMaj x = new DMatrixRMaj(system.size(), 1);
        return new Contest() {
            private LinearSolverSparse<DMatrixSparseCSC, DMatrixRMaj> solver;
            private boolean regular;

            @Override
            public void setUp() {
                solver = cholesky
                        ? LinearSolverFactory_DSCC.cholesky(FillReducing.NONE)
                        : LinearSolverFactory_DSCC.lu(FillReducing.NONE);
                regular = solver.setA(solver.modifiesA() ? a.copy() : a);
            }

            @Override
            public int solve(double rtol) throws FailedException {
                if (!regular) {
                    throw new FailedException("the factorisation failed");
                }
                solver.solve(b, x);
                return 0;
            }

            @Override
            public double[] solution() {
                return x.data;
            }
        };
    }

    /** The entries below the diagonal within the band of each row, diagonal included: a bound on a factor's entries. */
    static long envelope(CsrMatrix a) {
        long entries = 0;
        for (int i = 0; i < a.rows(); i++) {
            int from = a.rowPtr()[i];
            int first = from < a.rowPtr()[i + 1] ? Math.min(i, a.colIdx()[from]) : i;
            entries += i - first + 1;
        }
        return entries;
    }

    private static DMatrixSparseCSC columns(CsrMatrix a) {
        CsrMatrix t = a.transpose(); // its rows are the columns of a
        DMatrixSparseCSC copy = new DMatrixSparseCSC(a.rows(), a.cols(), a.nnz());
        copy.col_idx = Arrays.copyOf(t.rowPtr(), t.rows() + 1);
        copy.nz_rows = Arrays.copyOf(t.colIdx(), t.nnz());
        copy.nz_values = Arrays.copyOf(t.values(), t.nnz());
        copy.nz_length = t.nnz();
        copy.indicesSorted = true;
        return copy;
    }
}
