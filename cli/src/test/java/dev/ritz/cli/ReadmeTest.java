package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles and does what it says. */
class ReadmeTest {
    @TempDir
    Path dir;

    @Test
    void theSnippetsCompileAndSolve() throws Exception {
        List<String> snippets = snippets();
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
        Path file = Files.writeString(dir.resolve("Snippets.java"), source);
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-d", dir.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(null, null, null)
                                .getJavaFileObjects(file))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {dir.toUri().toURL()}, getClass().getClassLoader())) {
            Method run = loader.loadClass("Snippets").getMethod("run", Path.class);
            double[] difference = (double[]) run.invoke(null, dir);
            assertThat(difference).hasSize(a.rows());
            for (double d : difference) {
                assertThat(Math.abs(d)).isLessThan(1e-6);
            }
        }
    }

    private static List<String> snippets() throws Exception {
        Path readme = Path.of("README.md");
        if (!Files.exists(readme)) {
            readme = Path.of("..", "README.md");
        }
        List<String> found = new ArrayList<>();
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(readme));
        while (blocks.find()) {
            found.add(blocks.group(1));
        }
        return found;
    }
}
