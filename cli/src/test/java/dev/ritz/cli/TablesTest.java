package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.preconditioners.composition.Fields;
import dev.ritz.preconditioners.multigrid.NearNullSpace;
import dev.ritz.preconditioners.ordering.Partition;
import dev.ritz.preconditioners.subspace.CoarseSpace;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both tables hold every class there is, and tell the truth about its options. */
class TablesTest {
    /** What a command gives by a number of parts. */
    private static final Set<Class<?>> PARTED = Set.of(Partition.class, CoarseSpace.class);

    static List<Method> methods() {
        return MethodTable.all();
    }

    static List<PreconditionerEntry> preconditioners() {
        return PreconditionerTable.all();
    }

    @Test
    void everyMethodIsInTheTable() {
        assertThat(names(MethodTable.all().stream().map(Method::type).toList()))
                .isEqualTo(implementations(IterativeSolver.class, "dev.ritz.krylov"));
    }

    @Test
    void everyPreconditionerIsInTheTable() {
        List<Class<?>> types = PreconditionerTable.all().stream()
                .<Class<?>>map(PreconditionerEntry::type)
                .filter(Objects::nonNull)
                .toList();
        assertThat(names(types)).isEqualTo(implementations(PreconditionerFactory.class, "dev.ritz.preconditioners"));
    }

    private static Set<String> names(List<? extends Class<?>> types) {
        return types.stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> implementations(Class<?> of, String root) {
        return new ClassFileImporter()
                .importPackages(root).stream()
                        .filter(c -> c.isAssignableTo(of))
                        .filter(c -> !c.isInterface() && !c.getModifiers().contains(JavaModifier.ABSTRACT))
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(c -> c.getSource().isEmpty()
                                || !c.getSource().get().getUri().toString().contains("test-classes"))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void optionsOfAMethodAreThoseOfItsRecord(Method method) throws CommandException {
        List<String> components = Arrays.stream(method.type().getRecordComponents())
                .map(RecordComponent::getName)
                .filter(n -> !n.equals("criteria"))
                .toList();
        assertThat(method.settings()).extracting(Setting::name).containsExactlyElementsOf(components);
        IterativeSolver<?> made =
                method.make(StoppingCriteria.DEFAULT, Settings.of(method.name(), method.settings(), Map.of()));
        assertThat(made).isInstanceOf(method.type());
        assertThat(made).as("the defaults of the table are those of the class").isEqualTo(withDefaults(method.type()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aMethodIsSaidToNeedSymmetryWhereItDoes(Method method) {
        boolean says = method.needs().matches("A (and M )?symmetric.*");
        assertThat(MethodTable.needsSymmetry(method)).isEqualTo(says);
    }

    @ParameterizedTest
    @MethodSource("preconditioners")
    void optionsOfAPreconditionerAreThoseOfItsRecord(PreconditionerEntry entry)
            throws ReflectiveOperationException, CommandException {
        if (entry.type() == null) {
            return; // none: checked by the table test above
        }
        List<String> expected = Arrays.stream(entry.type().getRecordComponents())
                .flatMap(c -> settingsOf(c).stream())
                .toList();
        assertThat(entry.settings()).extracting(Setting::name).containsExactlyElementsOf(expected);
        if (entry.needsFile()) {
            assertThatThrownBy(() -> entry.make(Map.of()))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("expected a file");
            return;
        }
        PreconditionerFactory made = entry.make(Map.of()).factory();
        assertThat(made).isInstanceOf(entry.type());
        if (!entry.wraps()) {
            assertThat(made).isEqualTo(withDefaults(entry.type()));
        }
    }

    /** A component is a setting of its name; those that are no words have a few settings in their place. */
    private static List<String> settingsOf(RecordComponent c) {
        if (c.getType().equals(NearNullSpace.class)) {
            return List.of();
        }
        if (c.getType().equals(Fields.class)) {
            return List.of("blockSize", "labels");
        }
        if (c.getType().equals(IterativeSolver.class)) {
            return List.of("method", "rtol", "maxIterations");
        }
        if (c.getGenericType().getTypeName().equals("java.util.List<" + PreconditionerFactory.class.getName() + ">")) {
            return List.of("first", "second", "third", "fourth");
        }
        return List.of(PARTED.contains(c.getType()) ? "parts" : c.getName());
    }

    private static Object withDefaults(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " has no constructor for its defaults", e);
        }
    }

    @Test
    void aWrapperHandsUnknownKeysToWhatItWraps() throws CommandException {
        PreconditionerEntry.Made made = PreconditionerTable.named("matched").make(Map.of("inner", "jacobi"));
        assertThat(made.name()).isEqualTo("matched(jacobi)");
        assertThatThrownBy(() -> PreconditionerTable.named("matched").make(Map.of("inner", "ilu0", "nonsense", "1")))
                .hasMessageContaining("ilu0")
                .hasMessageContaining("nonsense");
    }
}
