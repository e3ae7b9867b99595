package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of faults and the suites say the same. */
class FaultIndexTest {
    private static final Pattern NAMED = Pattern.compile("\\| `(\\w+\\.\\w+)` \\|");

    @Test
    void listNamesEveryTestAndNoOther() throws IOException {
        Path list = Path.of(System.getProperty("basedir", "."), "..", "docs", "faults.md");
        Set<String> named = new TreeSet<>();
        Matcher matcher = NAMED.matcher(Files.readString(list));
        while (matcher.find()) {
            assertThat(named.add(matcher.group(1))).as(matcher.group(1)).isTrue();
        }
        Set<String> there = new TreeSet<>();
        for (Class<?> suite : List.of(
                NumericFaults.class,
                StructureFaults.class,
                PartFaults.class,
                ControlFaults.class,
                OperatorContract.class,
                PreconditionerContract.class)) {
            for (Method method : suite.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    there.add(suite.getSimpleName() + "." + method.getName());
                }
            }
        }
        assertThat(named).isEqualTo(there);
    }
}
