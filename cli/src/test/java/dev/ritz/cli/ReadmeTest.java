package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles and does what it says. */
class ReadmeTest {
    @TempDir
    Path dir;

    @Test
    void theSnippetsCompileAndSolve() throws Exception {
        List<String> snippets = Snippets.of("README.md");
        assertThat(snippets).hasSize(4);
        LinearSystem system = Gallery.problem("poisson2d").generate(12, 1);
        CsrMatrix a = system.a();
        MatrixMarket.write(dir.resolve("matrix.mtx"), a);
        MatrixMarket.writeVector(dir.resolve("rhs.mtx"), system.b());
        String three = snippets.get(0).replace("Path.of(\"", "folder.resolve(\"");
        String source = """
                import dev.ritz.api.*;
                import dev.ritz.api.format.FormatChoice;
                import dev.ritz.api.io.MatrixMarket;
                import dev.ritz.krylov.Cg;
                import dev.ritz.krylov.GcroDr;
                import dev.ritz.krylov.sequence.*;
                import dev.ritz.preconditioners.Ic0;
                import dev.ritz.preconditioners.Ilu0;
                import dev.ritz.preconditioners.ordering.ReorderedSystem;
                import java.nio.file.Path;
                import java.util.List;

                public class Snippets {
                    public static double[] run(Path folder) throws Exception {
                        %s
                        double[] first = x.clone();
                        List<double[]> loads = List.of(b, b);
                        %s
                        {
                            %s
                        }
                        double[] second = x.clone();
                        java.util.Arrays.fill(x, 7);
                        List<CsrMatrix> steps = List.of(a, a.withValues(a.values().clone()));
                        {
                            %s
                        }
                        for (int i = 0; i < x.length; i++) {
                            first[i] = Math.abs(first[i] - second[i]) + Math.abs(second[i] - x[i]);
                        }
                        return first;
                    }
                }
                """.formatted(three, snippets.get(1), snippets.get(2), snippets.get(3));
        double[] difference = Snippets.run(source, dir);
        assertThat(difference).hasSize(a.rows());
        for (double d : difference) {
            assertThat(Math.abs(d)).isLessThan(1e-6);
        }
    }
}
