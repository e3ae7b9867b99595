package dev.ritz.testdata;

import dev.ritz.testdata.Problem.Parameter;
import java.util.List;

/** The sequences of systems by name. */
public final class SequenceGallery {
    private static final String POINTS = "; size: interior points per side, n = size^2";
    private static final Parameter STENCIL = new Parameter(
            "stencil",
            0,
            "0: fluxes, symmetric; 1: coefficients of the neighbours; 2: as 1 with the published mistake");

    private static final List<SequenceProblem> SEQUENCES = List.of(
            new SequenceProblem(
                    "darcy-sequence",
                    "flow through independent random fields" + POINTS,
                    (n, count, seed, v) -> FieldSequences.darcy(points(n), count, stencil(v[0]), seed),
                    STENCIL),
            new SequenceProblem(
                    "helmholtz-sequence",
                    "waves in independent random fields" + POINTS,
                    (n, count, seed, v) -> FieldSequences.helmholtz(points(n), count, stencil(v[0]), v[1], seed),
                    STENCIL,
                    new Parameter("highest", 1, "bound of the random wave numbers")),
            new SequenceProblem(
                    "heat-sequence",
                    "implicit Euler steps in a material that changes" + POINTS,
                    (n, count, seed, v) -> DriftingSequences.heat(n, count, v[0], v[1]),
                    new Parameter("dt", 0.01, "time step"),
                    new Parameter("strength", 1, "s in k = exp(s g), g between -1 and 1")),
            new SequenceProblem(
                    "convection-sequence",
                    "a thermal block with random materials in a wind, nonsymmetric; size: cells per side, n = size^2",
                    (n, count, seed, v) ->
                            ThermalBlocks.convection(n, Gallery.whole("blocks", v[0]), count, v[1], v[2], v[3], seed),
                    new Parameter("blocks", 2, "blocks per side"),
                    new Parameter("lowest", 0.1, "conductivities are log-uniform between this and 1"),
                    new Parameter("speed", 10, "of the wind; 0: symmetric"),
                    new Parameter("angle", 30, "degrees from the wind to the x axis")),
            new SequenceProblem(
                    "drift-sequence",
                    "a smooth coefficient that drifts" + POINTS,
                    (n, count, seed, v) -> Gallery.flag("wind", v[0])
                            ? DriftingSequences.convection(n, count)
                            : DriftingSequences.diffusion(n, count),
                    new Parameter("wind", 0, "1: with a growing wind, nonsymmetric")));

    private SequenceGallery() {}

    /** {@return the names of all sequences} */
    public static List<String> names() {
        return SEQUENCES.stream().map(SequenceProblem::name).toList();
    }

    /**
     * A sequence by name.
     *
     * @param name one of {@link #names()}
     * @return the sequence
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    public static SequenceProblem sequence(String name) {
        for (SequenceProblem sequence : SEQUENCES) {
            if (sequence.name().equals(name)) {
                return sequence;
            }
        }
        throw new IllegalArgumentException(
                "there is no sequence " + name + ", expected one of " + String.join(", ", names()));
    }

    /** The random fields have a rim of points around the interior ones. */
    private static int points(int interior) {
        if (interior < 2) {
            throw new IllegalArgumentException("size = " + interior + ", expected at least 2");
        }
        return interior + 2;
    }

    private static FieldSequences.Stencil stencil(double number) {
        int k = Gallery.whole("stencil", number);
        FieldSequences.Stencil[] all = FieldSequences.Stencil.values();
        if (k < 0 || k >= all.length) {
            throw new IllegalArgumentException("stencil = " + k + ", expected 0, 1 or 2");
        }
        return all[k];
    }
}
