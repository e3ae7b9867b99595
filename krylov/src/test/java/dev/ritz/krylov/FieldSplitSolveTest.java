package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.composition.FieldSplit;
import dev.ritz.preconditioners.composition.FieldSplit.Form;
import dev.ritz.preconditioners.composition.Fields;
import dev.ritz.preconditioners.composition.InnerSolver;
import dev.ritz.preconditioners.composition.Schur;
import dev.ritz.preconditioners.multigrid.Amg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Saddle point problems by blocks. */
class FieldSplitSolveTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT.withRtol(1e-10);

    private static FieldSplit split(SaddlePoints.System s, Form form, Schur schur, PreconditionerFactory... parts) {
        return new FieldSplit(Fields.ranges(s.first(), s.second()), form, schur, Arrays.asList(parts));
    }

    private static int iterations(IterativeSolver<?> solver, SaddlePoints.System s, FieldSplit split) {
        SolveResult result = solver.solve(s.a(), split.build(s.a()), SaddlePoints.image(s.a()));
        assertThat(result.converged()).as(result.report().summary()).isTrue();
        return result.report().iterations();
    }

    /**
     * Murphy, Golub &amp; Wathen 2000: with exact A_00 and S the minimal polynomial of M⁻¹A has degree 3 for the block
     * diagonal, 2 for the block triangle, 1 for the full factorisation. A_00 is diagonal here, so SELFP is exact.
     */
    @Test
    void exactBlocksTakeThreeTwoAndOneIteration() {
        for (int m : new int[] {4, 7}) {
            SaddlePoints.System darcy = SaddlePoints.darcy(m);
            Gmres gmres = new Gmres(CRITERIA, 30);
            PreconditionerFactory exact = new Cholesky();
            assertThat(iterations(gmres, darcy, split(darcy, Form.SCHUR_DIAGONAL, Schur.SELFP, exact)))
                    .isEqualTo(3);
            assertThat(iterations(new Minres(CRITERIA), darcy, split(darcy, Form.SCHUR_DIAGONAL, Schur.SELFP, exact)))
                    .isEqualTo(3);
            assertThat(iterations(gmres, darcy, split(darcy, Form.SCHUR_LOWER, Schur.SELFP, exact)))
                    .isEqualTo(2);
            assertThat(iterations(gmres, darcy, split(darcy, Form.SCHUR_UPPER, Schur.SELFP, exact)))
                    .isEqualTo(2);
            assertThat(iterations(gmres, darcy, split(darcy, Form.SCHUR_FULL, Schur.SELFP, exact)))
                    .isEqualTo(1);
        }
    }

    /** The same for a full A_00, with the exact S given. */
    @Test
    void aGivenSchurComplementIsUsed() {
        SaddlePoints.System s = SaddlePoints.stokes(5);
        // the pressure of one cell is tied down, so that S is not singular
        double[][] dense = s.a().toDense();
        dense[s.first()][s.first()] = -1;
        SaddlePoints.System fixed = new SaddlePoints.System(CsrMatrix.fromDense(dense), s.first(), s.second());
        Schur exact = Schur.of(complement(fixed));
        Gmres gmres = new Gmres(CRITERIA, 30);
        PreconditionerFactory lu = new Cholesky();
        assertThat(iterations(gmres, fixed, split(fixed, Form.SCHUR_LOWER, exact, lu)))
                .isEqualTo(2);
        assertThat(iterations(gmres, fixed, split(fixed, Form.SCHUR_UPPER, exact, lu)))
                .isEqualTo(2);
        assertThat(iterations(gmres, fixed, split(fixed, Form.SCHUR_FULL, exact, lu)))
                .isEqualTo(1);
    }

    /** −S = B A⁻¹ Bᵀ − A_11, densely. */
    private static CsrMatrix complement(SaddlePoints.System s) {
        int[] zero = java.util.stream.IntStream.range(0, s.first()).toArray();
        int[] one = java.util.stream.IntStream.range(s.first(), s.a().rows()).toArray();
        Preconditioner inverse = new Cholesky().build(s.a().submatrix(zero, zero));
        CsrMatrix upper = s.a().submatrix(zero, one);
        CsrMatrix lower = s.a().submatrix(one, zero);
        double[][] minus = s.a().submatrix(one, one).toDense();
        for (int j = 0; j < one.length; j++) {
            double[] e = new double[one.length];
            e[j] = 1;
            double[] column = new double[zero.length];
            double[] z = new double[zero.length];
            double[] y = new double[one.length];
            upper.apply(e, column);
            inverse.apply(column, z);
            lower.apply(z, y);
            for (int i = 0; i < y.length; i++) {
                minus[i][j] = y[i] - minus[i][j];
            }
        }
        for (int i = 0; i < minus.length; i++) {
            for (int j = 0; j < i; j++) {
                minus[i][j] = minus[j][i];
            }
        }
        return CsrMatrix.fromDense(minus);
    }

    /** Multigrid for the velocities and the mass matrix for S: the count does not grow with the grid. */
    @Test
    void stokesTakesAsManyIterationsOnEveryGrid() {
        List<Integer> gmres = new ArrayList<>();
        List<Integer> minres = new ArrayList<>();
        for (int m : new int[] {32, 48, 64}) {
            SaddlePoints.System s = SaddlePoints.stokes(m);
            double[] mass = new double[s.second()];
            Arrays.fill(mass, 1.0 / m / m);
            Schur q = Schur.of(CsrMatrix.identity(s.second()).scale(mass, null));
            gmres.add(iterations(
                    new Gmres(StoppingCriteria.DEFAULT, 100),
                    s,
                    split(s, Form.SCHUR_UPPER, q, new Amg(), new Jacobi())));
            minres.add(iterations(
                    new Minres(StoppingCriteria.DEFAULT),
                    s,
                    split(s, Form.SCHUR_DIAGONAL, q, new Amg(), new Jacobi())));
        }
        assertThat(gmres.get(0)).isLessThanOrEqualTo(17);
        assertThat(gmres.get(2)).isLessThanOrEqualTo(gmres.get(0) + 2);
        assertThat(minres.get(0)).isLessThanOrEqualTo(35);
        assertThat(minres.get(2)).isLessThanOrEqualTo(minres.get(0) + 4);
    }

    /** A diagonal A_00 makes SELFP exact: what is left is multigrid on S. */
    @Test
    void darcyTakesAsManyIterationsAsMultigridOnItsPressure() {
        List<Integer> counts = new ArrayList<>();
        for (int m : new int[] {32, 64}) {
            SaddlePoints.System s = SaddlePoints.darcy(m);
            counts.add(iterations(
                    new Gmres(CRITERIA, 60), s, split(s, Form.SCHUR_FULL, Schur.SELFP, new Jacobi(), new Amg())));
        }
        assertThat(counts.get(0)).isLessThanOrEqualTo(11);
        assertThat(counts.get(1)).isLessThanOrEqualTo(counts.get(0) + 3);
    }

    /** Inner solves as parts make a variable preconditioner, which FGMRES takes. */
    @Test
    void innerSolvesServeAsParts() {
        SaddlePoints.System s = SaddlePoints.darcy(16);
        InnerSolver pressure =
                new InnerSolver(new Cg(StoppingCriteria.DEFAULT.withRtol(1e-2).withMaxIterations(50)), new Ic0());
        FieldSplit split = split(s, Form.SCHUR_LOWER, Schur.SELFP, new Jacobi(), pressure);
        Preconditioner m = split.build(s.a());
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.VARIABLE);
        SolveResult result = new Fgmres(CRITERIA, 60).solve(s.a(), m, SaddlePoints.image(s.a()));
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isLessThanOrEqualTo(9);
        assertThat(result.report().preconditionerProducts())
                .as("products with S, which has a third of the rows, several in each application")
                .isGreaterThan(2L * result.report().preconditionerApplications());
    }

    @Test
    void aZeroBlockIsRefusedByTheOtherForms() {
        SaddlePoints.System s = SaddlePoints.darcy(4);
        Assertions.assertThatThrownBy(
                        () -> split(s, Form.DIAGONAL, Schur.SELFP, new Jacobi()).build(s.a()))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.row()).isEqualTo(s.first()))
                .hasMessageContaining("try a Schur form");
    }

    /** Dense factors A = L Lᵀ: an exact part. */
    private record Cholesky() implements PreconditionerFactory {
        @Override
        public Preconditioner build(CsrMatrix a) {
            double[][] l = a.toDense();
            int n = l.length;
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < j; k++) {
                    for (int i = j; i < n; i++) {
                        l[i][j] -= l[i][k] * l[j][k];
                    }
                }
                double root = Math.sqrt(l[j][j]);
                assertThat(root).isPositive();
                for (int i = j; i < n; i++) {
                    l[i][j] /= root;
                }
            }
            return new Factor(l);
        }
    }

    private record Factor(double[][] l) implements Preconditioner {
        @Override
        public int size() {
            return l.length;
        }

        @Override
        public Kind kind() {
            return Kind.SPD;
        }

        @Override
        public void apply(double[] r, double[] z) {
            int n = l.length;
            for (int i = 0; i < n; i++) {
                double sum = r[i];
                for (int k = 0; k < i; k++) {
                    sum -= l[i][k] * z[k];
                }
                z[i] = sum / l[i][i];
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = z[i];
                for (int k = i + 1; k < n; k++) {
                    sum -= l[k][i] * z[k];
                }
                z[i] = sum / l[i][i];
            }
        }
    }
}
