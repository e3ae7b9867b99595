package dev.ritz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.Preconditioner.Kind;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsAndResultsTest {
    private static final StoppingCriteria C = StoppingCriteria.DEFAULT;

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void rtolLiesBelowOne(double bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> C.withRtol(bad))
                .withMessage("rtol = " + bad + ", expected a number in [0, 1)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-300, Double.NaN, Double.POSITIVE_INFINITY})
    void atolIsFiniteAndNotNegative(double bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> C.withAtol(bad))
                .withMessage("atol = " + bad + ", expected a finite number, at least 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0, -5, Double.NaN, Double.POSITIVE_INFINITY})
    void theDivergenceGuardCannotBeSwitchedOff(double bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> C.withDtol(bad))
                .withMessage("dtol = " + bad + ", expected a finite number above 1");
    }

    @Test
    void countsAndTimesAreGuarded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> C.withMaxIterations(-1))
                .withMessage("maxIterations = -1, expected at least 0");
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> C.withTimeLimit(bad))
                    .withMessage("timeLimit = " + bad + ", expected a positive duration");
        }
        assertThatThrownBy(() -> C.withTimeLimit(null)).hasMessage("timeLimit");
        Duration longest = C.withTimeLimit(Duration.ofSeconds(Long.MAX_VALUE)).timeLimit();
        assertThat(longest).isEqualTo(C.timeLimit());
        assertThat(longest.toNanos()).as("fits a long").isPositive();
    }

    @Test
    void eachWithChangesOneComponent() {
        Duration second = Duration.ofSeconds(1);
        assertThat(C).isEqualTo(new StoppingCriteria(1e-8, 0, 1e8, 10_000, C.timeLimit()));
        assertThat(C.withRtol(0)).isEqualTo(new StoppingCriteria(0, 0, 1e8, 10_000, C.timeLimit()));
        assertThat(C.withAtol(2)).isEqualTo(new StoppingCriteria(1e-8, 2, 1e8, 10_000, C.timeLimit()));
        assertThat(C.withDtol(2)).isEqualTo(new StoppingCriteria(1e-8, 0, 2, 10_000, C.timeLimit()));
        assertThat(C.withMaxIterations(0)).isEqualTo(new StoppingCriteria(1e-8, 0, 1e8, 0, C.timeLimit()));
        assertThat(C.withTimeLimit(second)).isEqualTo(new StoppingCriteria(1e-8, 0, 1e8, 10_000, second));
    }

    @Test
    void aBuildExceptionNamesReasonAndRow() {
        BuildException e = new BuildException(BuildException.Reason.ZERO_PIVOT, 7, "row 7 has no pivot", "shift it");
        assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
        assertThat(e.row()).isEqualTo(7);
        assertThat(e).hasMessage("row 7 has no pivot; shift it");
        assertThat(e.found()).isEqualTo("row 7 has no pivot");
        assertThat(e.advice()).isEqualTo("shift it");
        BuildException plain = new BuildException(BuildException.Reason.TOO_LARGE, -1, "too large");
        assertThat(plain).hasMessage("too large");
        assertThat(plain.advice()).isEmpty();
        assertThatThrownBy(() -> new BuildException(null, 0, "x")).hasMessage("reason");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindAdmitsItselfAndTheOnesBefore(Kind kind) {
        for (Kind offered : Kind.values()) {
            assertThat(kind.admits(offered)).isEqualTo(offered.ordinal() <= kind.ordinal());
        }
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void everyCauseHasAnOutcomeAndAClause(Cause cause) {
        assertThat(cause.outcome() == Cause.Outcome.CONVERGED).isEqualTo(cause == Cause.CONVERGED);
        assertThat(cause.text()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void theIdentityCopies() {
        Preconditioner m = Preconditioner.identity(2);
        double[] z = {Double.NaN, Double.NaN, 9};
        m.apply(new double[] {1, 2}, z);
        assertThat(z).containsExactly(1, 2, 9);
        assertThat(m.kind()).isEqualTo(Kind.SPD);
        assertThat(m.name()).isEqualTo("none");
        assertThat(m.bytes()).isZero();
        assertThat(m.note()).isEmpty();
    }

    /** A matrix known through its products alone has everything else by default. */
    @Test
    void operatorDefaultsAgreeWithAMatrix() {
        CsrMatrix a = CsrMatrix.fromDense(Dense.random(7, 7, 3_141));
        LinearOperator bare = new LinearOperator() {
            @Override
            public int rows() {
                return 7;
            }

            @Override
            public int cols() {
                return 7;
            }

            @Override
            public void apply(double[] x, double[] y) {
                a.apply(x, y);
            }
        };
        double[] x = Dense.vector(7, 1);
        double[] b = Dense.vector(7, 2);
        double[] y = new double[7];
        double[] z = new double[7];
        Arrays.fill(z, Double.NaN);
        assertThat(bare.applyDot(x, z)).isEqualTo(a.applyDot(x, y));
        assertThat(z).containsExactly(y);
        assertThat(bare.residual(b, x, z)).isEqualTo(a.residual(b, x, y));
        assertThat(z).containsExactly(y);
        assertThat(bare.hasTranspose()).isFalse();
        assertThatThrownBy(() -> bare.applyTranspose(x, y)).isInstanceOf(UnsupportedOperationException.class);
    }
}
