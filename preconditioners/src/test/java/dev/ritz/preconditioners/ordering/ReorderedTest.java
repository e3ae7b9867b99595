package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Iluk;
import dev.ritz.preconditioners.Ilut;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderedTest extends PreconditionerContract {
    private static final CsrMatrix GRID = Samples.poisson(17, 23);

    @Override
    protected PreconditionerFactory factory() {
        return new Reordered(new Ic0(), Ordering.MINIMUM_DEGREE);
    }

    private static double[] applied(Preconditioner m) {
        double[] r = new Random(0x0de).doubles(m.size(), -1, 1).toArray();
        double[] z = new double[m.size()];
        m.apply(r, z);
        return z;
    }

    private static CsrMatrix changed(CsrMatrix a, Random random) {
        double[] values = a.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 + 0.1 * random.nextDouble();
        }
        return a.withValues(values);
    }

    @Test
    void reverseCuthillMcKeeUnlessSaidOtherwise() {
        assertThat(new Reordered(new Ic0())).isEqualTo(new Reordered(new Ic0(), Ordering.REVERSE_CUTHILL_MCKEE));
        assertThat(new Reordered(new Ic0()).build(GRID).note()).isEqualTo("ordered by reverse Cuthill-McKee");
        assertThat(factory().build(GRID).note()).isEqualTo("ordered by minimum degree");
        assertThatThrownBy(() -> new Reordered(new Ic0(), null)).hasMessage("ordering");
    }

    @Test
    void eachOrderIsThatOfItsClass() {
        assertThat(Ordering.REVERSE_CUTHILL_MCKEE.order(GRID.pattern()))
                .containsExactly(ReverseCuthillMcKee.order(GRID.pattern()));
        assertThat(Ordering.MINIMUM_DEGREE.order(GRID.pattern())).containsExactly(MinimumDegree.order(GRID.pattern()));
    }

    /** Whatever it was built from: the same pattern, another one, or another order of the same one. */
    @Test
    void aRebuildHasTheBitsOfABuild() {
        Random random = new Random(0x0df);
        CsrMatrix shuffled = GRID.permute(Samples.shuffled(GRID.rows(), random));
        for (Ordering ordering : Ordering.values()) {
            PreconditionerFactory f = new Reordered(new Iluk(1), ordering);
            for (CsrMatrix next : new CsrMatrix[] {changed(GRID, random), shuffled, Samples.poisson(3, 3)}) {
                double[] fresh = applied(f.build(next));
                for (Ordering before : Ordering.values()) {
                    Preconditioner old = new Reordered(new Iluk(1), before).build(GRID);
                    assertThat(applied(f.rebuild(old, next))).containsExactly(fresh);
                }
                assertThat(applied(f.rebuild(new Scaled(new Iluk(1)).build(GRID), next)))
                        .containsExactly(fresh);
            }
        }
    }

    /** What a threshold keeps of nearly complete factors is what they fill. */
    @Test
    void nearlyCompleteFactorsAreSmallerByMinimumDegree() {
        CsrMatrix grid = Samples.poisson(60, 60);
        PreconditionerFactory ilut = new Ilut(1e-4, 100);
        long byDegree = new Reordered(ilut, Ordering.MINIMUM_DEGREE).build(grid).bytes();
        assertThat(byDegree)
                .isLessThan(new Reordered(ilut).build(grid).bytes() * 3 / 4)
                .isLessThan(ilut.build(grid).bytes() * 3 / 4);
    }
}
