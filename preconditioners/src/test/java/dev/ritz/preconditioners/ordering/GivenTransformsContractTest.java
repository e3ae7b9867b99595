package dev.ritz.preconditioners.ordering;

import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/** An order and scales of the caller's, which are made for one size, on the matrices of the contract. */
class GivenTransformsContractTest {
    @Nested
    class InReverse extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return a -> {
                int n = a.rows();
                return new Permuted(IntStream.range(0, n).map(i -> n - 1 - i).toArray(), new Ic0()).build(a);
            };
        }
    }

    @Nested
    class ByGivenScales extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return a -> {
                double[] scale = new double[a.rows()];
                Arrays.setAll(scale, i -> 1 + i % 7);
                return new ScaledBy(scale, new Ic0()).build(a);
            };
        }
    }
}
