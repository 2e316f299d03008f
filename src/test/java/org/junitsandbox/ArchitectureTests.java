package org.junitsandbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which. */
class ArchitectureTests {

    private static final String FACE = "org.junitsandbox";
    private static final String ASSERTJ = "org.junitsandbox.assertj";
    private static final String SHELL = "org.junitsandbox.shell";
    private static final String POOL = "org.junitsandbox.internal.pool";
    private static final String ENGINE = "org.junitsandbox.internal.engine";
    private static final String PROTOCOL = "org.junitsandbox.internal.protocol";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(FACE);

    /** Of our packages, {@code from} knows none but itself and {@code allowed}. */
    private static ArchRule knowsOnly(String from, String... allowed) {
        String[] known = Stream.concat(Stream.of(from), Arrays.stream(allowed)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(resideInAPackage(FACE + "..").and(not(resideInAnyPackage(known))));
    }

    @Test
    void theFaceKnowsOnlyTheShell() {
        knowsOnly(FACE, SHELL).allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void theAssertionsKnowOnlyTheShell() {
        knowsOnly(ASSERTJ, SHELL).check(CLASSES);
    }

    @Test
    void theShellKnowsOnlyWhatIsInternal() {
        knowsOnly(SHELL, POOL, ENGINE, PROTOCOL).check(CLASSES);
    }

    @Test
    void thePoolKnowsOnlyTheEngineAndTheProtocol() {
        knowsOnly(POOL, ENGINE, PROTOCOL).check(CLASSES);
    }

    @Test
    void theEngineKnowsNothingOfOurs() {
        knowsOnly(ENGINE).check(CLASSES);
    }

    @Test
    void theProtocolKnowsNothingOfOurs() {
        knowsOnly(PROTOCOL).check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "com.github.dockerjava.., " + ENGINE,
        "org.testcontainers.., " + ENGINE,
        "org.assertj.., " + FACE + "..assertj..",
        "org.junit.., " + FACE
    })
    void aLibraryIsKnownInOnePackageOnly(String library, String place) {
        noClasses()
                .that()
                .resideOutsideOfPackage(place)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
