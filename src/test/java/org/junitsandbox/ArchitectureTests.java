package org.junitsandbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.pool.Borrower;

/** Which package may know which. */
class ArchitectureTests {

    private static final String FACE = "org.junitsandbox";
    private static final String ASSERTJ = "org.junitsandbox.assertj";
    private static final String CORPUS = "org.junitsandbox.corpus";
    private static final String EVIDENCE = "org.junitsandbox.evidence";
    private static final String SHELL = "org.junitsandbox.shell";
    private static final String SPEC = "org.junitsandbox.spec";
    private static final String VERDICTS = "org.junitsandbox.verdicts";
    private static final String POOL = "org.junitsandbox.internal.pool";
    private static final String AUDIT = "org.junitsandbox.internal.audit";
    private static final String ENGINE = "org.junitsandbox.internal.engine";
    private static final String DOCKER = "org.junitsandbox.internal.engine.docker";
    private static final String KUBERNETES = "org.junitsandbox.internal.engine.kubernetes";
    private static final String PROTOCOL = "org.junitsandbox.internal.protocol";
    private static final String STREAM = "org.junitsandbox.internal.stream";
    private static final String TEXT = "org.junitsandbox.internal.text";

    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAPackage("org.junitsandbox.internal..");

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
    void letsTheFaceKnowOnlyTheEvidenceTheShellItsSpecTextBorrowersAndTheSeam() {
        knowsOnly(FACE, EVIDENCE, SHELL, SPEC, TEXT, POOL, ENGINE).check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(FACE)
                .should()
                .dependOnClassesThat(resideInAPackage(POOL).and(not(type(Borrower.class))))
                .check(CLASSES);
    }

    @Test
    void letsTheAssertionsKnowOnlyTheVerdictsTheShellItsSpecAndText() {
        knowsOnly(ASSERTJ, VERDICTS, SHELL, SPEC, TEXT).check(CLASSES);
    }

    @Test
    void letsTheVerdictsKnowOnlyTheShellAndText() {
        knowsOnly(VERDICTS, SHELL, TEXT).check(CLASSES);
    }

    /** A module exports its internal packages to nobody, so that they are not there for an automatic module either. */
    @Test
    void letsNobodyKnowWhatOthersCallInternal() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("..internal..").and(not(resideInAPackage(FACE + ".."))))
                .check(CLASSES);
    }

    @Test
    void letsTheEvidenceKnowOnlyTheShellItsSpecAndText() {
        knowsOnly(EVIDENCE, SHELL, SPEC, TEXT).check(CLASSES);
    }

    @Test
    void letsASpecKnowNothingButText() {
        knowsOnly(SPEC, TEXT).check(CLASSES);
    }

    @Test
    void letsTheShellKnowOnlyItsSpecAndWhatIsInternal() {
        knowsOnly(SHELL, SPEC, POOL, AUDIT, ENGINE, PROTOCOL, STREAM, TEXT).check(CLASSES);
    }

    @Test
    void letsThePoolKnowOnlyTheSeamTheProtocolAndTheAudit() {
        knowsOnly(POOL, ENGINE, PROTOCOL, STREAM, AUDIT).check(CLASSES);
    }

    @Test
    void letsTheAuditKnowOnlyTheSeamAndText() {
        knowsOnly(AUDIT, ENGINE, TEXT).check(CLASSES);
    }

    @Test
    void letsTheSeamKnowOnlyStreamsAndText() {
        knowsOnly(ENGINE, STREAM, TEXT).check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCKER, KUBERNETES})
    void letsAnEngineKnowOnlyTheSeamStreamsAndText(String engine) {
        knowsOnly(engine, ENGINE, STREAM, TEXT).check(CLASSES);
    }

    @Test
    void letsTheProtocolKnowOnlyStreamsAndText() {
        knowsOnly(PROTOCOL, STREAM, TEXT).check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {CORPUS, STREAM, TEXT})
    void letsTheLowestRoomsKnowNothing(String room) {
        knowsOnly(room).check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "com.github.dockerjava.., " + DOCKER,
        "org.testcontainers.., " + DOCKER,
        "io.fabric8.., " + KUBERNETES,
        "tools.jackson.., " + KUBERNETES,
        "org.assertj.., " + FACE + "..assertj..",
        "org.junit.jupiter.params.., " + CORPUS
    })
    void letsOnePackageOnlyKnowALibrary(String library, String place) {
        noClasses()
                .that()
                .resideOutsideOfPackage(place)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void letsOnlyTheFaceAndTheCorpusKnowJUnit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(FACE, CORPUS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES);
    }

    /** The command line and the selection in code work without JUnit. */
    @Test
    void letsOnlyTheAnnotationOfTheCorpusAndItsProviderKnowJUnit() {
        noClasses()
                .that()
                .resideInAPackage(CORPUS)
                .and()
                .haveSimpleNameNotStartingWith("HostileFiles")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.apache..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesOfPackages() {
        slices().matching("org.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void letsNoPublicMemberShowAnInternalType() {
        noMembers()
                .that(describe("are visible to users", ArchitectureTests::isVisible))
                .should(ArchCondition.from(describe(
                        "have an internal type in their signature",
                        (JavaMember member) -> member.getAllInvolvedRawTypes().stream().anyMatch(INTERNAL))))
                .check(CLASSES);
    }

    @Test
    void letsNoPublicTypeInheritFromAnInternalOne() {
        noClasses()
                .that(describe("are visible to users", ArchitectureTests::isVisible))
                .should()
                .beAssignableTo(INTERNAL)
                .check(CLASSES);
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return isVisible(member.getOwner())
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !INTERNAL.test(type)
                && type.getEnclosingClass().map(ArchitectureTests::isVisible).orElse(true);
    }

    @Test
    void describesEachPackageOnThePageOfTheArchitecture() throws IOException {
        List<String> described = Files.readString(Path.of("src/docs/architecture.md")).lines()
                .filter(line -> line.startsWith("org.junitsandbox"))
                .map(line -> line.split(" ", 2)[0])
                .toList();

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toSet()));
    }
}
