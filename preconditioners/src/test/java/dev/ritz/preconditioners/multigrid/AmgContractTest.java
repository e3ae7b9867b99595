package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Precision;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Nested;

/** The contract for one level, and for several on the same small matrices, under every smoother. */
class AmgContractTest {
    /** Builds are compared with rebuilds for other values, so both choose their transfer operators. */
    private static final Amg DEEP = new Amg().withCoarseSize(4).withKeepTransfer(false);

    @Nested
    class Default extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new Amg();
        }
    }

    @Nested
    class SeveralLevels extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return DEEP;
        }
    }

    @Nested
    class OddDegreeWCycle extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return DEEP.withSmoother(Smoother.CHEBYSHEV, 3).withCycle(Cycle.W);
        }
    }

    @Nested
    class L1Jacobi extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return DEEP.withSmoother(Smoother.L1_JACOBI, 1);
        }
    }

    @Nested
    class Spai0 extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return DEEP.withSmoother(Smoother.SPAI0, 2);
        }
    }

    @Nested
    class GaussSeidel extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return DEEP.withSmoother(Smoother.GAUSS_SEIDEL, 2);
        }
    }

    @Nested
    class InFloat extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return DEEP.withPrecision(Precision.FLOAT);
        }

        @Override
        protected double tolerance() {
            return 1e-5;
        }
    }

    @Nested
    class ClassicalStrength extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return DEEP.withStrength(Strength.CLASSICAL, 0.25).withSmoother(Smoother.GAUSS_SEIDEL, 1);
        }
    }
}
