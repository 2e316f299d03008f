package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.shell.Shell;

/** The messages for uses of {@link Sandbox} that cannot work. None of them starts a container. */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxMisuseTests {

    private static final String PREFIX = SandboxMisuseTests.class.getName() + "$";

    static class OtherType {
        @Test
        void test(@Sandbox String text) {}
    }

    static class OtherFieldType {
        @Sandbox
        @Nullable String text;

        @Test
        void test() {}
    }

    @Test
    void refusesOtherTypes() {
        assertThat(Fixtures.failure(OtherType.class))
                .endsWith("@Sandbox on parameter text of method " + PREFIX + "OtherType.test, which is of type"
                        + " java.lang.String. Make it a org.junitsandbox.shell.Shell.");
        assertThat(Fixtures.failure(OtherFieldType.class))
                .isEqualTo("@Sandbox on field " + PREFIX + "OtherFieldType.text, which is of type java.lang.String."
                        + " Make it a org.junitsandbox.shell.Shell.");
    }

    static class FinalField {
        @Sandbox(image = "busybox")
        final @Nullable Shell shell = null;

        @Test
        void test() {}
    }

    @Test
    void refusesFinalFields() {
        assertThat(Fixtures.failure(FinalField.class))
                .isEqualTo("@Sandbox on field " + PREFIX + "FinalField.shell, which is final. Remove that modifier.");
    }

    @Sandbox(image = "busybox")
    static class StaticFieldWithoutAnnotation {
        @SuppressWarnings("unused")
        private static @Nullable Shell shell;

        @Test
        void test() {}
    }

    @Sandbox(image = "busybox")
    @TestInstance(Lifecycle.PER_CLASS)
    static class FieldWithoutAnnotationPerClass {
        Shell shell;

        @Test
        void test() {}
    }

    @Test
    void requiresAnAnnotationOnAFieldThatWouldBeNull() {
        String todo = ": a static field, or one of an instance for all tests, gets one for a whole class only. Write"
                + " @Sandbox(reset = Sandbox.Reset.CLASS) on it, or make it a parameter of the test.";
        assertThat(Fixtures.failure(StaticFieldWithoutAnnotation.class))
                .isEqualTo("No shell for field " + PREFIX + "StaticFieldWithoutAnnotation.shell" + todo);
        assertThat(Fixtures.failure(FieldWithoutAnnotationPerClass.class))
                .isEqualTo("No shell for field " + PREFIX + "FieldWithoutAnnotationPerClass.shell" + todo);
    }

    /** With the annotation of a parameter, no other place gets a shell. */
    static class FieldBesideAnAnnotatedParameter {
        Shell shell;

        @Test
        void test(@Sandbox(image = "busybox", limits = @Limits(memory = "bad")) Shell other) {}
    }

    @Test
    void leavesAFieldAloneThatNoAnnotationAppliesTo() {
        assertThat(Fixtures.failure(FieldBesideAnAnnotatedParameter.class))
                .contains("limits.memory of @Sandbox on parameter other of method");
    }

    @Test
    void namesTheModuleDeclarationOfAFieldThatIsNotAccessible() throws NoSuchFieldException {
        Field field = String.class.getDeclaredField("hash");

        assertThatThrownBy(() -> SandboxFields.set(field, "", null))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("No access to field java.lang.String.hash: ")
                .hasMessageEndingWith(". In the module declaration of its tests, write `opens java.lang;`.");
    }

    static class ParameterWithoutAnnotation {
        @Test
        void test(Shell bare, @Sandbox(image = "busybox") Shell annotated) {}
    }

    @Test
    void requiresAnAnnotationInReach() {
        assertThat(Fixtures.failure(ParameterWithoutAnnotation.class))
                .endsWith("No @Sandbox for parameter bare of method " + PREFIX + "ParameterWithoutAnnotation.test,"
                        + " neither on it nor"
                        + " on its method or its classes. Annotate it with @Sandbox, or its class for all Shell"
                        + " parameters there.");
    }

    static class NoAnnotation {
        @Test
        void test(Shell shell) {}
    }

    @Test
    void suggestsAnAnnotationWhereThereIsNoneAndJUnitDetectsExtensions() {
        Map<String, String> detect = Map.of("junit.jupiter.extensions.autodetection.enabled", "true");

        assertThat(Fixtures.failure(NoAnnotation.class)).startsWith("No ParameterResolver registered for parameter");
        assertThat(Fixtures.failure(detect, NoAnnotation.class))
                .endsWith("No @Sandbox for parameter shell of method " + PREFIX + "NoAnnotation.test, neither on it nor"
                        + " on its method or its classes. Annotate it with @Sandbox, or its class for all Shell"
                        + " parameters there.");
        assertThat(Fixtures.failure(detect, NoImage.class)).contains("No image for the sandbox of parameter shell");
    }

    @Sandbox
    static class NoImage {
        @Test
        void test(Shell shell) {}
    }

    @Test
    void requiresAnImage() {
        assertThat(Fixtures.failure(NoImage.class))
                .contains("No image for the sandbox of parameter shell of method " + PREFIX
                        + "NoImage.test: neither `image` nor");
    }

    @Sandbox(image = "busybox")
    static class InBeforeAll {
        @BeforeAll
        static void prepare(Shell shell) {}

        @Test
        void test() {}
    }

    static class InStaticField {
        @Sandbox(image = "busybox")
        static Shell shell;

        @Test
        void test() {}
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class InConstructorPerClass {
        InConstructorPerClass(@Sandbox(image = "busybox") Shell shell) {}

        @Test
        void test() {}
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class InFieldPerClass {
        @Sandbox(image = "busybox")
        Shell shell;

        @Test
        void test() {}
    }

    @Test
    void requiresClassScopeWhereNoTestMethodIsRunning() {
        String todo = " has reset = METHOD, but no test method is running there."
                + " Write @Sandbox(reset = Sandbox.Reset.CLASS) on it or on its class.";
        assertThat(Fixtures.failure(InBeforeAll.class))
                .endsWith("The sandbox of parameter shell of method " + PREFIX + "InBeforeAll.prepare" + todo);
        assertThat(Fixtures.failure(InStaticField.class))
                .endsWith("The sandbox of field " + PREFIX + "InStaticField.shell" + todo);
        assertThat(Fixtures.failure(InConstructorPerClass.class))
                .endsWith("The sandbox of parameter shell of the constructor of " + PREFIX + "InConstructorPerClass"
                        + todo);
        assertThat(Fixtures.failure(InFieldPerClass.class))
                .endsWith("The sandbox of field " + PREFIX + "InFieldPerClass.shell" + todo);
    }

    @Sandbox(image = "busybox")
    static class WithImage {
        @Test
        void test(Shell shell) {}
    }

    @Test
    void refusesDefaultAsAConfigurationParameter() {
        assertThat(Fixtures.failure(Map.of("sandbox.reset", "default"), WithImage.class))
                .endsWith("configuration parameter sandbox.reset: \"default\" is not one of [METHOD, CLASS]");
        assertThat(Fixtures.failure(Map.of("sandbox.readOnlyRoot", "DEFAULT"), WithImage.class))
                .endsWith("configuration parameter sandbox.readOnlyRoot: \"DEFAULT\" is neither true nor false");
    }

    @Test
    void refusesANumberThatIsNoneAsTheSizeOfThePool() {
        assertThat(Fixtures.failure(Map.of("sandbox.pool.spares", "many"), WithImage.class))
                .endsWith("Configuration parameter sandbox.pool.spares: \"many\" is not a whole number");
    }

    @DisabledWithoutEngine
    static class Conditional {
        @Test
        void test() {}
    }

    /** A misspelt engine must not look like one that is not there. */
    @Test
    void refusesAnUnknownEngineAlsoWhereATestWouldBeSkippedWithoutOne() {
        Map<String, String> parameters = Map.of("sandbox.engine", "rowboat");
        String message = "Configuration parameter sandbox.engine: No kind of container engine is called \"rowboat\"";

        assertThat(Fixtures.failure(parameters, WithImage.class)).contains(message);
        assertThat(Fixtures.failure(parameters, Conditional.class)).contains(message);
    }

    @Test
    void refusesASettingOfAClusterThatIsNotValid() {
        Map<String, String> parameters =
                Map.of("sandbox.engine", "kubernetes", "sandbox.kubernetes.pullPolicy", "sometimes");
        String message = "Configuration parameter sandbox.kubernetes.pullPolicy: \"sometimes\" is not one of Always,"
                + " IfNotPresent, Never";

        assertThat(Fixtures.failure(parameters, WithImage.class)).endsWith(message);
        assertThat(Fixtures.failure(parameters, Conditional.class)).contains(message);
    }
}
