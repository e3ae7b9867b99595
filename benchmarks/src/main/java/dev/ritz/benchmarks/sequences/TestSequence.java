package dev.ritz.benchmarks.sequences;

import dev.ritz.krylov.sequence.SimilarityOrder;
import dev.ritz.testdata.DriftingSequences;
import dev.ritz.testdata.FieldSequences;
import dev.ritz.testdata.SequenceSystem;
import dev.ritz.testdata.ThermalBlocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A sequence of the benchmark.
 *
 * @param name of the sequence
 * @param description one sentence for the page
 * @param count its systems in a full run
 * @param quickCount its systems in a quick run
 * @param small whether all systems fit into memory, sorted; otherwise they come one by one, in their order
 * @param symmetric whether they are symmetric positive definite
 * @param generator makes so many systems
 * @param plans what Ritz tries
 */
record TestSequence(
        String name,
        String description,
        int count,
        int quickCount,
        boolean small,
        boolean symmetric,
        IntFunction<Stream<SequenceSystem>> generator,
        List<Plan> plans) {
    static final double RTOL = 1e-8;
    private static final long SEED = 1;

    static List<TestSequence> all() {
        return List.of(
                new TestSequence(
                        "darcy-scaled",
                        "Darcy flow, independent log-normal fields that scale the columns of a Laplacian, n = 10,000",
                        200,
                        10,
                        true,
                        false,
                        k -> FieldSequences.darcy(102, k, FieldSequences.Stencil.CORRECTED, SEED),
                        plans("""
                                alone bicgstab jacobi
                                alone gmres,30 ilu0
                                alone gmres,100 ilu0
                                alone bicgstab ilu0
                                alone gmres,30 milu0
                                alone bicgstab milu0
                                alone gcro-dr,40,20 ilu0
                                session bicgstab milu0 previous rebuild
                                session bicgstab milu0 previous adaptive
                                session bicgstab milu0 previous hypredrive
                                session gcro-dr,40,20 jacobi
                                session gcro-dr,40,20 ilu0
                                session gcro-dr,30,10 ilu0
                                session gcro-dr,30,10 milu0
                                session bicgstab ilu0 scaled rebuild
                                session bicgstab milu0 scaled rebuild
                                session choice - best adaptive
                                promised gcro-dr,40,20 ilu0
                                promised gcro-dr,30,10 ilu0
                                scaled bicgstab jacobi
                                scaled bicgstab ilu0
                                scaled gmres,30 ilu0
                                scaled gcro-dr,40,20 ilu0
                                scaled bicgstab milu0
                                """)),
                new TestSequence(
                        "darcy-flux",
                        "Darcy flow, independent log-normal fields with harmonic means of fluxes, n = 16,384",
                        64,
                        8,
                        true,
                        true,
                        k -> FieldSequences.darcy(130, k, FieldSequences.Stencil.FLUX, SEED),
                        plans("""
                                alone cg jacobi
                                alone cg ic0
                                alone cg relaxed-ic0
                                alone cg relaxed-ic0,0.995
                                session cg relaxed-ic0,0.995
                                session cg relaxed-ic0,0.995 previous keep
                                session cg relaxed-ic0,0.995 previous adaptive
                                session cg relaxed-ic0,0.995 previous hypredrive
                                session deflated-cg,2,12 relaxed-ic0,0.995 zero adaptive
                                session cg relaxed-ic0
                                session cg relaxed-ic0 previous rebuild
                                session cg relaxed-ic0 previous keep
                                session cg relaxed-ic0 previous adaptive
                                session cg relaxed-ic0 projected,8 rebuild
                                session deflated-cg,8,20 ic0
                                session deflated-cg,4,20 relaxed-ic0
                                session deflated-cg,8,20 relaxed-ic0
                                session deflated-cg,16,40 relaxed-ic0
                                session deflated-cg,8,20 relaxed-ic0 zero keep
                                session deflated-cg,8,20 relaxed-ic0 zero adaptive
                                session choice - best adaptive
                                batch choice - best adaptive
                                session cg amg,100 previous adaptive
                                session cg amg,100 previous keep
                                session cg amg,100 previous rebuild
                                session cg amg,100 previous hypredrive
                                batch cg amg,100 previous adaptive
                                batch cg relaxed-ic0
                                batch cg relaxed-ic0,0.995 previous keep
                                batch cg relaxed-ic0,0.995 previous adaptive
                                batch deflated-cg,8,20 relaxed-ic0
                                batch deflated-cg,8,20 relaxed-ic0 zero keep
                                """)),
                new TestSequence(
                        "thermal-wind",
                        "thermal blocks, 2 × 2 random conductivities, in a wind, n = 16,384",
                        40,
                        8,
                        true,
                        false,
                        k -> ThermalBlocks.convection(128, 2, k, 0.1, 10, 30, SEED),
                        plans("""
                                alone gmres,30 ilu0
                                alone bicgstab ilu0
                                alone gmres,30 milu0
                                alone bicgstab milu0
                                session bicgstab milu0
                                session bicgstab milu0 previous rebuild
                                session bicgstab milu0-float previous rebuild
                                session bicgstab milu0 previous adaptive
                                session bicgstab milu0 previous hypredrive
                                session bicgstab milu0 projected,4 rebuild
                                session bicgstab milu0 projected,8 rebuild
                                session gcro-dr,40,20 ilu0
                                session gcro-dr,40,20 milu0 previous rebuild
                                session gcro-dr,30,5 milu0 previous rebuild
                                session choice - best adaptive
                                batch choice - best adaptive
                                batch bicgstab milu0 previous rebuild
                                """)),
                new TestSequence(
                        "heat",
                        "implicit Euler steps of the heat equation in a material that drifts, n = 250,000",
                        200,
                        5,
                        false,
                        true,
                        k -> DriftingSequences.heat(500, k, 0.01, 1),
                        heatPlans()));
    }

    /** Every guess with the preconditioner that suits best, always or adaptively rebuilt; other parts around the best guess. */
    private static List<Plan> heatPlans() {
        List<Plan> plans = new ArrayList<>();
        for (String guess :
                List.of("zero", "previous", "extrapolation,1", "extrapolation,2", "projected,4", "projected,8")) {
            for (String reuse : List.of("rebuild", "adaptive")) {
                plans.add(new Plan(Plan.Way.SESSION, "cg", "amg,100", guess, reuse));
            }
        }
        plans.addAll(plans("""
                session choice - best adaptive
                session cg amg,100 extrapolation,1 keep
                session cg amg,100 extrapolation,1 every,10
                session cg amg,100 extrapolation,1 hypredrive
                session cg relaxed-ic0,0.9998 extrapolation,1 adaptive
                session cg relaxed-ic0,0.9998 extrapolation,1 hypredrive
                session cg relaxed-ic0,0.9998 extrapolation,1 rebuild
                session cg relaxed-ic0,0.999 extrapolation,1 adaptive
                session cg relaxed-ic0,0.999 previous rebuild
                session cg relaxed-ic0,0.999 zero rebuild
                session deflated-cg,8,20 relaxed-ic0,0.999 extrapolation,1 adaptive
                session cg ic0 extrapolation,1 adaptive
                session cg jacobi extrapolation,1 rebuild
                """));
        return plans;
    }

    private static List<Plan> plans(String lines) {
        return lines.lines().map(Plan::of).toList();
    }

    static TestSequence named(String name) {
        return all().stream()
                .filter(s -> s.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no sequence " + name));
    }

    /** {@return the first systems, sorted so that neighbours are alike where they fit into memory} */
    Stream<SequenceSystem> systems(int wanted) {
        if (!small) {
            return generator.apply(wanted);
        }
        List<SequenceSystem> systems = generator.apply(wanted).toList();
        double[][] features = systems.stream().map(SequenceSystem::parameters).toArray(double[][]::new);
        return Arrays.stream(SimilarityOrder.greedy(features)).mapToObj(systems::get);
    }
}
