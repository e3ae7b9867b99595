package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Fgmres;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.preconditioners.composition.Additive;
import dev.ritz.preconditioners.composition.FieldSplit;
import dev.ritz.preconditioners.composition.Fields;
import dev.ritz.preconditioners.composition.InnerSolver;
import dev.ritz.preconditioners.composition.Multiplicative;
import dev.ritz.preconditioners.composition.Schur;
import dev.ritz.preconditioners.ordering.Permuted;
import dev.ritz.preconditioners.ordering.Scaled;
import dev.ritz.preconditioners.ordering.ScaledBy;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.testdata.Gallery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preconditioners of several parts on the command line. */
class CompositionsTest {
    @TempDir
    Path dir;

    private static PreconditionerEntry.Made make(String name, String... settings) throws CommandException {
        Map<String, String> given = new LinkedHashMap<>();
        for (String s : settings) {
            given.put(s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1));
        }
        return PreconditionerTable.named(name).make(given);
    }

    private static void refuses(String message, String name, String... settings) {
        assertThatThrownBy(() -> make(name, settings))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(message);
    }

    @Test
    void optionsOfAPartStandBehindItsName() throws CommandException {
        PreconditionerEntry.Made made =
                make("additive", "first=ic0", "second=ssor", "second.omega=0.5", "third=jacobi", "weights=1,0.5,2");
        assertThat(made.factory())
                .isEqualTo(new Additive(List.of(new Ic0(), new Ssor(0.5), new Jacobi()), List.of(1.0, 0.5, 2.0)));
        assertThat(made.name()).isEqualTo("additive(ic0, ssor, jacobi)");
        assertThat(made.settings()).containsEntry("second.omega", 0.5).containsEntry("third", "jacobi");
        assertThat(make("multiplicative", "second=-", "symmetric=false").factory())
                .isEqualTo(new Multiplicative(List.of(new Jacobi()), false));
    }

    @Test
    void partsMayWrapAndBeMadeOfParts() throws CommandException {
        PreconditionerEntry.Made made = make(
                "multiplicative",
                "first=scaled",
                "first.inner=ssor",
                "first.omega=1.2",
                "second=additive",
                "second.first=chebyshev",
                "second.first.steps=3",
                "second.second=-");
        assertThat(made.name()).isEqualTo("multiplicative(scaled(ssor), additive(chebyshev(jacobi)))");
        assertThat(made.factory())
                .isEqualTo(new Multiplicative(List.of(
                        new Scaled(new Ssor(1.2)), new Additive(List.of(new Chebyshev(Chebyshev.Kind.FIRST, 3))))));
        assertThat(make("scaled", "inner=ssor", "inner.omega=1.2").factory())
                .as("a wrapper takes the longer form too")
                .isEqualTo(new Scaled(new Ssor(1.2)));
    }

    @Test
    void slipsAreNamedWithTheNearestName() {
        refuses("no preconditioner 'jacobbi'; did you mean 'jacobi'?", "additive", "first=jacobbi");
        refuses("preconditioner ssor has no setting 'omga'; did you mean 'omega'?", "additive", "second.omga=1");
        refuses("has no part 'secnd' for 'secnd.omega'; did you mean 'second'?", "additive", "secnd.omega=1");
        refuses("preconditioner additive has no setting 'weight'; did you mean 'weights'?", "additive", "weight=1");
        refuses("third.omega is an option of no part; name one with third=", "additive", "third.omega=1");
        refuses("fourth=ssor leaves a part before it without a name", "additive", "fourth=ssor");
        refuses("weights=1,x, expected numbers between commas", "additive", "weights=1,x");
        refuses("expected one for each of 2 parts", "additive", "weights=1,2,3");
        refuses("parts = [], expected at least one", "additive", "first=-", "second=-");
        refuses("form = SCHUR_FULL with 3 fields", "fieldsplit", "form=schur-full", "blockSize=3");
        refuses("schur=slfp, expected one of selfp, a11, or a file", "fieldsplit", "schur=slfp");
        refuses("cannot read nowhere.mtx", "fieldsplit", "labels=nowhere.mtx");
        refuses("no method 'gmrs'; did you mean 'gmres'?", "innersolver", "method=gmrs");
        refuses("method gmres has no setting 'restrt'", "innersolver", "method.restrt=3");
        refuses("rtol = 2.0", "innersolver", "rtol=2");
    }

    @Test
    void anInnerSolverHasAMethodWithOptions() throws CommandException {
        StoppingCriteria loose = StoppingCriteria.DEFAULT.withRtol(0.01).withMaxIterations(7);
        PreconditionerEntry.Made made = make(
                "innersolver",
                "method=fgmres",
                "method.restart=5",
                "rtol=0.01",
                "maxIterations=7",
                "inner=ssor",
                "omega=1.1");
        assertThat(made.factory()).isEqualTo(new InnerSolver(new Fgmres(loose, 5), new Ssor(1.1)));
        assertThat(made.name()).isEqualTo("innersolver(fgmres, ssor)");
        assertThat(made.settings()).containsEntry("method.restart", 5).containsEntry("omega", 1.1);
        assertThat(make("innersolver", "method=bicgstab", "inner=multiplicative", "inner.first=ilu0", "inner.second=-")
                        .factory())
                .isEqualTo(new InnerSolver(
                        new BiCgStab(StoppingCriteria.DEFAULT.withRtol(0.1).withMaxIterations(10)),
                        new Multiplicative(List.of(new Ilu0()))));
    }

    @Test
    void filesGiveFieldsOrdersScalesAndTheSchurComplement() throws CommandException, IOException {
        Path labels = dir.resolve("labels.mtx");
        MatrixMarket.writeVector(labels, new double[] {0, 1, 1});
        Path mass = dir.resolve("mass.mtx");
        MatrixMarket.write(mass, CsrMatrix.identity(2));
        FieldSplit split = (FieldSplit) make("fieldsplit", "labels=" + labels, "form=schur-lower", "schur=" + mass)
                .factory();
        assertThat(split.fields()).isEqualTo(Fields.labels(0, 1, 1));
        assertThat(split.schur()).hasToString("given");
        assertThat(make("fieldsplit", "form=schur-lower", "schur=a11").factory())
                .isEqualTo(
                        new FieldSplit().withForm(FieldSplit.Form.SCHUR_LOWER).withSchur(Schur.A11));

        Path order = dir.resolve("order.mtx");
        MatrixMarket.writeVector(order, new double[] {2, 0, 1});
        assertThat(make("permuted", "order=" + order, "inner=ssor", "omega=1.5").factory())
                .isEqualTo(new Permuted(new int[] {2, 0, 1}, new Ssor(1.5)));
        Path scale = dir.resolve("scale.mtx");
        MatrixMarket.writeVector(scale, new double[] {2, 0.5, 1.5});
        assertThat(make("scaledby", "rowScale=" + scale).factory())
                .isEqualTo(new ScaledBy(new double[] {2, 0.5, 1.5}, new Ilu0()));
        refuses("entry 2 of " + scale + " is 0.5, expected a whole number", "permuted", "order=" + scale);
        refuses("expected a permutation", "permuted", "order=" + labels);
        refuses("rowScale[0] = 0.0", "scaledby", "rowScale=" + order.resolveSibling("labels.mtx"));
    }

    /** Two fields of a file are those of the file, whatever order a solve would pick. */
    @Test
    void solvesFromTheCommandLine() throws IOException {
        CsrMatrix a = Gallery.problem("poisson2d").generate(14, 1).a();
        Path file = dir.resolve("a.mtx");
        MatrixMarket.write(file, a);
        Shell sum = Shell.ritz("solve", "-A", file, "-p", "additive", "--set", "p.second.omega=1.3");
        assertThat(sum.code()).as(sum.err()).isZero();
        assertThat(sum.out()).contains("additive(jacobi, ssor)").contains("second.omega=1.3");
        Shell inner = Shell.ritz("solve", "-A", file, "-p", "innersolver", "--set", "p.method=bicgstab");
        assertThat(inner.code()).as(inner.err()).isZero();
        assertThat(inner.out()).contains("fgmres").contains("innersolver(bicgstab, jacobi)");
        Shell petsc = Shell.ritz("solve", "-A", file, "--set", "pc_type=ksp", "--set", "ksp_type=fgmres");
        assertThat(petsc.code()).as(petsc.err()).isZero();
        assertThat(petsc.out()).contains("innersolver(gmres, jacobi)");
        Shell split = Shell.ritz("solve", "-A", file, "-p", "fieldsplit", "--set", "p.form=schur-full");
        assertThat(split.code()).as(split.err()).isZero();
        Shell refused =
                Shell.ritz("solve", "-A", file, "-p", "additive", "--reorder", "rcm", "--set", "p.second=fieldsplit");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--reorder rcm with -p additive");
        Shell card = Shell.ritz("methods", "innersolver");
        assertThat(card.out()).contains("--set p.method=gmres").contains("its options as method.KEY");
    }
}
