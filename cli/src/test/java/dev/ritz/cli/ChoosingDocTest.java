package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/choosing.md compiles and solves. */
class ChoosingDocTest {
    @TempDir
    Path dir;

    @Test
    void theSnippetsCompileAndSolve() throws Exception {
        List<String> snippets = Snippets.of("docs/choosing.md");
        assertThat(snippets).hasSize(2);
        String source = """
                import dev.ritz.api.*;
                import dev.ritz.api.format.FormatChoice;
                import dev.ritz.krylov.*;
                import dev.ritz.preconditioners.*;
                import dev.ritz.preconditioners.composition.*;
                import dev.ritz.preconditioners.composition.FieldSplit.Form;
                import dev.ritz.preconditioners.multigrid.Amg;
                import dev.ritz.testdata.Gallery;
                import java.nio.file.Path;
                import java.util.List;

                public class Snippets {
                    public static double[] run(Path folder) {
                        CsrMatrix a = Gallery.problem("poisson2d").generate(12, 1).a();
                        double[] b = new double[a.rows()];
                        java.util.Arrays.fill(b, 1);
                        CsrMatrix stokes = CsrMatrix.fromDense(new double[][] {
                            {2, -1, 0, 1, 0}, {-1, 2, -1, -1, 1}, {0, -1, 2, 0, -1}, {1, -1, 0, 0, 0}, {0, 1, -1, 0, 0}
                        });
                        CsrMatrix mass = CsrMatrix.identity(2);
                        int velocities = 3;
                        int pressures = 2;
                        double[] load = {1, 0, 2, 0, 1};
                        %s
                        double[] check = new double[4];
                        {
                            %s
                        }
                        check[0] = norm(a, x, b);
                        check[1] = norm(stokes, flow, load);
                        check[2] = norm(a, result.solution(), b);
                        check[3] = products > 0 ? 0 : 1;
                        return check;
                    }

                    private static double norm(CsrMatrix a, double[] x, double[] b) {
                        return Math.sqrt(a.residual(b, x, new double[b.length]));
                    }
                }
                """.formatted(snippets.get(0), snippets.get(1));
        for (double d : Snippets.run(source, dir)) {
            assertThat(d).isLessThan(1e-6);
        }
    }
}
