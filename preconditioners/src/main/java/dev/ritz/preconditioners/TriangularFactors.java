package dev.ritz.preconditioners;

import dev.ritz.api.Preconditioner;
import dev.ritz.api.kernel.Pipeline;

/**
 * M = (I + L̂) D (I + Û) with strictly triangular L̂ and Û: what the incomplete factorisations and SSOR give. An
 * application is a forward and a backward sweep, both without a division, in the natural order of rows, shared among
 * threads where the pattern allows; see {@link UnitTriangle} and {@link dev.ritz.api.kernel.SweepSchedule}. The bits are the same for any
 * number of threads as long as r is finite; where it is not, the result is not, at places that may differ.
 */
final class TriangularFactors implements Preconditioner {
    /** A row that waits for the one before, twice 2 ns, in bytes moved meanwhile: docs/decisions/0007-sequences.md. */
    private static final double WAIT = 140;

    private final String name;
    private final Kind kind;
    private final String note;
    private final TriangularPattern symbolic;
    private final UnitTriangle lower;
    private final UnitTriangle upper;
    private final double[] inverse;
    private final Pipeline sweeps;

    /**
     * Gathers and stores factors.
     *
     * @param lu L̂ at the positions of A, and of Û what becomes Û when its rows are multiplied by {@code factor}
     * @param inverse the diagonal of D⁻¹; kept
     */
    TriangularFactors(
            String name,
            Kind kind,
            String note,
            TriangularPattern symbolic,
            Precision precision,
            double[] lu,
            double[] factor,
            double[] inverse) {
        this.name = name;
        this.kind = kind;
        this.note = note;
        this.symbolic = symbolic;
        this.lower = new UnitTriangle(symbolic, symbolic.lower, lu, null, precision);
        this.upper = new UnitTriangle(symbolic, symbolic.upper, lu, factor, precision);
        this.inverse = inverse;
        this.sweeps = new Pipeline(
                symbolic.pool,
                new Pipeline.Stage(symbolic.lower.schedule, true, (t, r, z, from, to) -> lower.forward(r, z, from, to)),
                new Pipeline.Stage(
                        symbolic.upper.schedule, false, (t, r, z, from, to) -> upper.backward(inverse, z, from, to)));
    }

    /** {@return the symbolic part, for a rebuild} */
    TriangularPattern symbolic() {
        return symbolic;
    }

    @Override
    public int size() {
        return inverse.length;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public long bytes() {
        return symbolic.bytes() + lower.bytes() + upper.bytes() + 8L * inverse.length;
    }

    @Override
    public double traffic() {
        return symbolic.indexBytes() + lower.bytes() + upper.bytes() + (24.0 + WAIT) * inverse.length;
    }

    @Override
    public void apply(double[] r, double[] z) {
        int n = inverse.length;
        if (r.length < n || z.length < n) { // here, since one thread's fault would keep the others waiting
            throw new IllegalArgumentException(
                    "r and z have lengths " + r.length + " and " + z.length + ", expected at least " + n);
        }
        if (r == z && n > 0) {
            throw new IllegalArgumentException("r and z are the same array, expected distinct ones");
        }
        sweeps.run(r, z);
    }
}
