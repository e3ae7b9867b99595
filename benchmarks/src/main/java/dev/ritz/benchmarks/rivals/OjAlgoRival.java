package dev.ritz.benchmarks.rivals;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.LinearSystem;
import java.util.ArrayList;
import java.util.List;
import org.ojalgo.equation.Equation;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.matrix.task.iterative.ConjugateGradientSolver;
import org.ojalgo.matrix.task.iterative.JacobiPreconditioner;
import org.ojalgo.matrix.task.iterative.Preconditioner;
import org.ojalgo.matrix.task.iterative.SSORPreconditioner;
import org.ojalgo.structure.Access1D;
import org.ojalgo.type.context.NumberContext;

/** ojAlgo: conjugate gradients over a list of sparse equations, with Jacobi or SSOR. */
final class OjAlgoRival implements Rival {

    @Override
    public String name() {
        return "ojAlgo";
    }

    @Override
    public String version() {
        return "57.1.0";
    }

    @Override
    public List<Pairing> pairings(TestProblem problem) {
        return problem.symmetric() ? List.of(new Pairing("cg", "jacobi"), new Pairing("cg", "ssor")) : List.of();
    }

    @Override
    public Contest prepare(LinearSystem system, Pairing pairing) {
        List<Equation> equations = equations(system.a(), system.b());
        R064Store x = R064Store.FACTORY.make(system.size(), 1);
        return new Contest() {
            private ConjugateGradientSolver solver;
            private Counted preconditioner;

            @Override
            public void setUp() {
                // the factors themselves are built inside of the solve
                preconditioner = new Counted(
                        pairing.preconditioner().equals("ssor")
                                ? new SSORPreconditioner()
                                : new JacobiPreconditioner());
                solver = new ConjugateGradientSolver();
                solver.configurator().preconditioner(preconditioner).iterations(100_000);
            }

            @Override
            public int solve(double rtol) {
                x.fillAll(0.0);
                preconditioner.applications = 0;
                solver.configurator().accuracy(NumberContext.of(digits(rtol), 300));
                solver.resolve(equations, x);
                return preconditioner.applications - 1; // one for the initial residual
            }

            @Override
            public double[] solution() {
                return x.data;
            }
        };
    }

    /** ojAlgo takes its tolerance as a number of decimal digits. */
    static int digits(double rtol) {
        return (int) Math.ceil(-Math.log10(rtol) - 1e-9);
    }

    private static List<Equation> equations(CsrMatrix a, double[] b) {
        List<Equation> rows = new ArrayList<>(a.rows());
        for (int i = 0; i < a.rows(); i++) {
            Equation row = Equation.sparse(i, a.cols(), a.rowPtr()[i + 1] - a.rowPtr()[i]);
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                row.set(a.colIdx()[k], a.values()[k]);
            }
            row.setRHS(b[i]);
            rows.add(row);
        }
        return rows;
    }

    /** ojAlgo does not tell its iterations: their number is that of the preconditioner's applications. */
    private static final class Counted implements Preconditioner {
        private final Preconditioner inner;
        private int applications;

        Counted(Preconditioner inner) {
            this.inner = inner;
        }

        @Override
        public void apply(Access1D<Double> r, PhysicalStore<Double> z) {
            applications++;
            inner.apply(r, z);
        }

        @Override
        public void prepare(List<Equation> equations, int n) {
            inner.prepare(equations, n);
        }
    }
}
