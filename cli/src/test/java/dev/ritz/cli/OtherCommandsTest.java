package dev.ritz.cli;

import static dev.ritz.cli.Shell.ritz;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.testdata.Gallery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtherCommandsTest {
    @TempDir
    Path dir;

    static List<String> problems() {
        return Gallery.names();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemIsGeneratedReadAndSolved(String name) throws IOException {
        Path a = dir.resolve("a.mtx.gz");
        Path b = dir.resolve("b.mtx");
        Shell generated = ritz("generate", name, "--size", 8, "-o", a, "--rhs-out", b);
        assertThat(generated.code()).as(generated.err()).isZero();
        CsrMatrix expected = Gallery.problem(name)
                .generate(8, new GenerateCommandSeed().value())
                .a();
        assertThat(MatrixMarket.read(a).toDense()).isDeepEqualTo(expected.toDense());

        Shell solved = ritz("solve", "-A", a, "-f", b, "--rtol", "1e-6");
        assertThat(solved.code()).as(solved.out() + solved.err()).isZero();
    }

    /** The default seed, as the help states it. */
    private record GenerateCommandSeed() {
        long value() {
            String help = ritz("generate", "--help").out();
            return Long.parseLong(help.replaceAll("(?s).*--seed=S\\s+of what is random; default (\\d+).*", "$1"));
        }
    }

    @Test
    void parametersOfProblemsAreChecked() {
        Path a = dir.resolve("a.mtx");
        assertThat(ritz("generate").out()).contains("poisson2d").contains("--set jump=");
        assertThat(ritz("generate", "poison2d", "-o", a).err()).contains("did you mean 'poisson2d'");
        assertThat(ritz("generate", "jump2d", "--set", "jmp=3", "-o", a).err()).contains("did you mean 'jump'");
        assertThat(ritz("generate", "jump2d", "--set", "jump=x", "-o", a).err()).contains("expected jump=number");
        assertThat(ritz("generate", "jump2d", "--set", "jump", "-o", a).code()).isEqualTo(2);
        assertThat(ritz("generate", "jump2d", "--size", "-1", "-o", a).code()).isEqualTo(2);
        assertThat(ritz("generate", "jump2d").code()).isEqualTo(2);
        assertThat(a).doesNotExist();
        assertThat(ritz("generate", "jump2d", "-o", dir.resolve("no/a.mtx")).code())
                .isEqualTo(8);
    }

    @Test
    void checkSaysWhatTheDefaultRuleWouldTry() {
        Shell spd = ritz("check", "-A", Shell.tridiagonal(dir, "spd.mtx", 5, 0.5));
        assertThat(spd.code()).isZero();
        assertThat(spd.out())
                .contains("5 by 5")
                .contains("13 stored")
                .contains("5 positive, 0 negative, 0 zero, 0 tiny")
                .contains("5 of 5 rows are diagonally dominant")
                .contains("choice            -m cg -p ic0: A is symmetric with a positive diagonal");

        Shell singular = ritz("check", "-A", Shell.matrix(dir, "s.mtx", new double[] {0, 1}, new double[] {0, 2}));
        assertThat(singular.out())
                .contains("structural rank   1")
                .contains("0 rows, 1 columns")
                .contains("structurally singular")
                .contains("-p matched --set p.inner=ilu0");

        Shell triangular = ritz("check", "-A", Shell.matrix(dir, "t.mtx", new double[] {1, 1}, new double[] {0, 2}));
        assertThat(triangular.out()).contains("falls into 2 blocks");

        Shell wide = ritz("check", "-A", Shell.matrix(dir, "w.mtx", new double[] {1, 0, 2}));
        assertThat(wide.out()).contains("1 by 3").contains("takes square matrices");
        assertThat(ritz("check", "-A", dir.resolve("none.mtx")).code()).isEqualTo(8);
    }

    @Test
    void infoReadsTheHeaderOnly() throws IOException {
        Path file = Shell.file(
                dir, "c.mtx", "%%MatrixMarket matrix coordinate complex hermitian", "% a comment", "7 7 12", "garbage");
        Shell info = ritz("info", file);
        assertThat(info.code()).isZero();
        assertThat(info.out())
                .contains("complex")
                .contains("hermitian")
                .contains("12 stored")
                .contains("a comment");
        Files.writeString(file, "no banner\n");
        assertThat(ritz("info", file).code()).isEqualTo(3);
    }

    @Test
    void methodsListsAndExplains() {
        Shell list = ritz("methods");
        assertThat(list.code()).isZero();
        MethodTable.all().forEach(m -> assertThat(list.out()).contains(m.name()).contains(m.source()));
        PreconditionerTable.all().forEach(p -> assertThat(list.out()).contains(p.name()));
        assertThat(ritz("methods", "gmres").out()).contains("--set restart=30").contains("at least 1");
        assertThat(ritz("methods", "gmrs").err()).contains("did you mean 'gmres'");
        assertThat(ritz("methods", "gmrs").code()).isEqualTo(2);
    }

    @Test
    void helpAndVersionArePrinted() {
        assertThat(ritz("--version").out()).startsWith("ritz ");
        assertThat(ritz("--help").out()).contains("Exit codes").contains("solve");
        assertThat(ritz("solve", "--help").out()).contains("--deadline").contains("--write-best");
    }
}
