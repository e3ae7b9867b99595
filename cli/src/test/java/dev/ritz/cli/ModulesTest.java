package dev.ritz.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The diagram of modules in {@code docs/architecture.md}, held against the compiled classes. */
class ModulesTest {
    private static final String API = "dev.ritz.api..";
    private static final String KRYLOV = "dev.ritz.krylov..";
    private static final String PRECONDITIONERS = "dev.ritz.preconditioners..";
    private static final String LEARNED = "dev.ritz.learned..";
    private static final String BASIS = "dev.ritz.basis..";
    private static final String TESTDATA = "dev.ritz.testdata..";

    private static final String VECTOR = "dev.ritz.vector..";

    private static JavaClasses ritz;

    @BeforeAll
    static void read() {
        ritz = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ritz");
    }

    @Test
    void everyModuleIsSeen() {
        for (String root :
                new String[] {"api", "krylov", "preconditioners", "learned", "basis", "testdata", "vector", "cli"}) {
            assertThat(ritz.stream().filter(c -> c.getPackageName().startsWith("dev.ritz." + root)))
                    .as(root)
                    .isNotEmpty();
        }
    }

    @Test
    void solverApiStandsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API, "java..")
                .check(ritz);
    }

    @Test
    void krylovStandsOnSolverApi() {
        onlyOn(KRYLOV, API);
    }

    @Test
    void preconditionersStandOnSolverApi() {
        onlyOn(PRECONDITIONERS, API);
    }

    @Test
    void learnedStandsOnPreconditioners() {
        onlyOn(LEARNED, API, PRECONDITIONERS);
    }

    @Test
    void reducedBasisStandsOnSolverApi() {
        onlyOn(BASIS, API);
    }

    @Test
    void testdataStandsOnSolverApi() {
        onlyOn(TESTDATA, API);
    }

    @Test
    void vectorStandsOnSolverApi() {
        onlyOn(VECTOR, API);
    }

    /** Of the packages of Ritz, a module may use itself and those named. */
    private static void onlyOn(String module, String... others) {
        String[] allowed = new String[others.length + 1];
        System.arraycopy(others, 0, allowed, 1, others.length);
        allowed[0] = module;
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                "dev.ritz..")
                        .and(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages(allowed)))
                .check(ritz);
    }
}
