package dev.ritz.benchmarks.sequences;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.Report;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.testdata.Diffusion;
import dev.ritz.testdata.DriftingSequences;
import dev.ritz.testdata.FieldSequences;
import dev.ritz.testdata.FiniteElements;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.SequenceSystem;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what preconditioners say of their traffic against the clock: CG on one thread, seconds of an iteration and of a
 * rebuild in processor time, the least of many. A row of a table says for each how many bytes a second were counted; were
 * the count right, all of one matrix would be alike.
 *
 * <p>Arguments: seconds for each row, 2 unless given.
 */
public final class TrafficBenchmark {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT.withMaxIterations(5000);
    private static final int LEAST_ROUNDS = 3;

    private TrafficBenchmark() {}

    /**
     * Prints the table.
     *
     * @param args see above
     */
    public static void main(String[] args) {
        double budget = args.length > 0 ? Double.parseDouble(args[0]) : 2;
        Map<String, List<LinearSystem>> problems = new LinkedHashMap<>();
        problems.put("diffusion 32²", systems(DriftingSequences.diffusion(32, 3).toList()));
        problems.put(
                "diffusion 100²", systems(DriftingSequences.diffusion(100, 3).toList()));
        problems.put(
                "flux 128²",
                systems(FieldSequences.darcy(130, 3, FieldSequences.Stencil.FLUX, 1)
                        .toList()));
        problems.put(
                "heat 500²", systems(DriftingSequences.heat(500, 2, 0.01, 1).toList()));
        problems.put("jumps 32³", List.of(Diffusion.jump3d(32, 1e3), Diffusion.jump3d(32, 2e3)));
        problems.put("elements 100²", List.of(FiniteElements.fem2d(100, 0.2, 7), FiniteElements.fem2d(100, 0.2, 8)));
        System.out.println("| matrix | preconditioner | iterations | an iteration, µs | counted, GB/s | a rebuild, ms"
                + " | counted, GB/s |\n|---|---|---:|---:|---:|---:|---:|");
        problems.forEach((name, systems) -> {
            int n = systems.get(0).size();
            for (PreconditionerFactory factory : List.of(
                    new Jacobi(),
                    new Ic0(),
                    new RelaxedIc0(Math.max(0.9, 1 - 4 * Math.PI * Math.PI / n)),
                    new Amg().withCoarseSize(100),
                    new Amg())) {
                System.out.println(row(name, factory, systems, budget));
            }
        });
    }

    private static List<LinearSystem> systems(List<SequenceSystem> sequence) {
        return sequence.stream().map(SequenceSystem::system).toList();
    }

    private static String row(String name, PreconditionerFactory factory, List<LinearSystem> systems, double budget) {
        int n = systems.get(0).size();
        Cg cg = new Cg(CRITERIA);
        Cg.Workspace ws = cg.newWorkspace(n, WorkerPool.of(1));
        double iteration = Double.POSITIVE_INFINITY;
        double rebuild = Double.POSITIVE_INFINITY;
        double bytes = 0;
        double setup = 0;
        int iterations = 0;
        double end = seconds() + budget;
        for (int round = 0; round < LEAST_ROUNDS || seconds() < end; round++) {
            Preconditioner m = null;
            for (LinearSystem s : systems) {
                double begin = seconds();
                if (m == null) {
                    m = factory.build(s.a());
                } else {
                    m = factory.rebuild(m, s.a());
                    rebuild = Math.min(rebuild, seconds() - begin);
                }
                LinearOperator fast = FormatChoice.choose(s.a()).operator();
                begin = seconds();
                Report report = cg.solve(fast, m, s.b(), new double[n], ws, IterationListener.NONE)
                        .report();
                iterations = report.iterations();
                iteration = Math.min(iteration, (seconds() - begin) / iterations);
                bytes = (product(s.a(), fast) * report.operatorApplications()
                                + m.traffic() * report.preconditionerApplications()
                                + 8.0 * n * report.vectorsMoved())
                        / iterations;
                setup = m.setupTraffic();
            }
        }
        return String.format(
                "| %s | %s | %d | %.1f | %.1f | %.2f | %.1f |",
                name,
                factory.equals(new Amg()) ? "Amg, coarsest 500" : factory.name(),
                iterations,
                iteration * 1e6,
                bytes / iteration * 1e-9,
                rebuild * 1e3,
                setup / rebuild * 1e-9);
    }

    private static double product(CsrMatrix a, LinearOperator fast) {
        long matrix = fast instanceof FormattedMatrix f ? f.bytes() : 12L * a.nnz() + 4L * a.rows();
        return matrix + 16.0 * a.rows();
    }

    /** {@return processor time of this thread} */
    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
    }
}
