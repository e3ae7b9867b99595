package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.BlockJacobi;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Nested;

/** The contract where the first level is not the default one. */
class OtherFirstLevelsTest {
    @Nested
    class ChebyshevOfNone extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new Chebyshev(Chebyshev.Kind.OPTIMISED_FOURTH, 5).withInner(new Identity());
        }
    }

    @Nested
    class LeastSquaresOfIc0 extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new LeastSquaresPolynomial(3, 1, 0, 0, new Ic0());
        }
    }

    @Nested
    class GmresPolynomialOfJacobi extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new GmresPolynomial(9, 5, new Jacobi());
        }

        @Override
        protected double tolerance() {
            return 1e-11;
        }
    }

    @Nested
    class SymmetricPolynomialOfJacobi extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new SymmetricPolynomial(5, 3, 5, new Jacobi());
        }
    }

    @Nested
    class SymmetricPolynomialOfBlocks extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new SymmetricPolynomial(3, 3, 5, new BlockJacobi());
        }
    }

    @Nested
    class AdaptiveKrylovOfJacobi extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new AdaptiveKrylov(3, new Jacobi());
        }
    }
}
