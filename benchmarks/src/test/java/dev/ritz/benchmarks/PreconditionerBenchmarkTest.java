package dev.ritz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.PreconditionerFactory;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every preconditioner is measured. */
class PreconditionerBenchmarkTest {
    @Test
    void everyPreconditionerHasALine() {
        Set<String> measured = PreconditionerBenchmark.lines().stream()
                .map(l -> l.factory().apply(CsrMatrix.identity(4)).getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = new ClassFileImporter()
                .importPackages("dev.ritz.preconditioners").stream()
                        .filter(c -> c.isAssignableTo(PreconditionerFactory.class))
                        .filter(c -> !c.isInterface() && !c.getModifiers().contains(JavaModifier.ABSTRACT))
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(all).hasSizeGreaterThan(25);
        assertThat(measured).isEqualTo(all);
    }

    @Test
    void namesOfLinesDiffer() {
        assertThat(PreconditionerBenchmark.lines())
                .extracting(PreconditionerBenchmark.Line::name)
                .doesNotHaveDuplicates();
    }
}
