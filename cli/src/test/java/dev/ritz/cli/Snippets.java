package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The Java of documents, compiled and run. */
final class Snippets {
    private Snippets() {}

    /** The blocks of Java in a document, named from the top of the repository. */
    static List<String> of(String document) throws IOException {
        Path path = Path.of(document);
        if (!Files.exists(path)) {
            path = Path.of("..").resolve(document);
        }
        List<String> found = new ArrayList<>();
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(path));
        while (blocks.find()) {
            found.add(blocks.group(1));
        }
        return found;
    }

    /** Compiles a class {@code Snippets} into a folder and calls its {@code run(Path)} with that folder. */
    static double[] run(String source, Path dir) throws ReflectiveOperationException, IOException {
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
                new URLClassLoader(new URL[] {dir.toUri().toURL()}, Snippets.class.getClassLoader())) {
            return (double[])
                    loader.loadClass("Snippets").getMethod("run", Path.class).invoke(null, dir);
        }
    }
}
