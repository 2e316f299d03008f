package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.shell.Shell;

/**
 * Where {@link Sandbox} is looked for, and which place wins. Each annotation has a size that cannot be read, as the
 * message names the place that was found.
 */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxResolutionTests {

    private static final String PREFIX = SandboxResolutionTests.class.getName() + "$";

    @Retention(RetentionPolicy.RUNTIME)
    @Sandbox(image = "busybox", limits = @Limits(memory = "bad"))
    @interface Composed {}

    @Composed
    static class ByMetaAnnotation {
        @Test
        void test(Shell shell) {}
    }

    static class ByMetaAnnotationOfParameter {
        @ParameterizedTest
        @ValueSource(strings = "a")
        void test(String argument, @Composed Shell shell) {}
    }

    @Test
    void findsMetaAnnotations() {
        assertThat(Fixtures.failure(ByMetaAnnotation.class))
                .contains("limits.memory of @Sandbox on class " + PREFIX + "ByMetaAnnotation: \"bad\" is not a size");
        assertThat(Fixtures.failure(ByMetaAnnotationOfParameter.class))
                .contains("limits.memory of @Sandbox on parameter shell of method " + PREFIX
                        + "ByMetaAnnotationOfParameter.test");
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "bad"))
    abstract static class Base {
        @Test
        void test(Shell shell) {}
    }

    static class Inheriting extends Base {}

    @Sandbox(image = "debian:bookworm-slim")
    static class InheritingMore extends Base {}

    @Test
    void findsAnnotationsOfSuperclasses() {
        String message = "limits.memory of @Sandbox on class " + PREFIX + "Base: ";
        assertThat(Fixtures.failure(Inheriting.class)).contains(message);
        assertThat(Fixtures.failure(InheritingMore.class)).contains(message);
    }

    @Sandbox(limits = @Limits(memory = "bad"))
    static class Outer {
        @Nested
        class Inner {
            @Nested
            @Sandbox(image = "busybox")
            class Innermost {
                @Test
                void test(Shell shell) {}
            }
        }
    }

    @Test
    void findsAnnotationsOfEnclosingClasses() {
        assertThat(Fixtures.failure(Outer.class)).contains("limits.memory of @Sandbox on class " + PREFIX + "Outer: ");
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "bad of class"))
    static class ByMethods {
        @Test
        @Sandbox(limits = @Limits(memory = "bad of method"))
        void test(Shell shell) {}
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "bad of class"))
    static class ByMethodForBeforeEach {
        @BeforeEach
        void prepare(Shell shell) {}

        @Test
        @Sandbox(limits = @Limits(memory = "bad of method"))
        void test() {}
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "bad of class"))
    static class ByMethodForConstructor {
        ByMethodForConstructor(Shell shell) {}

        @Test
        @Sandbox(limits = @Limits(memory = "bad of method"))
        void test() {}
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "bad of class"))
    static class ByMethodForField {
        @Sandbox
        Shell shell;

        @Test
        @Sandbox(limits = @Limits(memory = "bad of method"))
        void test() {}
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "bad of class"))
    static class ByLifecycleMethod {
        @AfterEach
        @Sandbox(limits = @Limits(memory = "bad of after"))
        void after(Shell shell) {}

        @Test
        @Sandbox(limits = @Limits(memory = "bad of method"))
        void test() {}
    }

    @Test
    void letsALifecycleMethodDecideForItsParameters() {
        assertThat(Fixtures.failure(ByLifecycleMethod.class)).contains("ByLifecycleMethod.after: \"bad of after\" is");
    }

    @Test
    void letsTheTestMethodDecideForAllThatBelongsToIt() {
        assertThat(Fixtures.failure(ByMethods.class)).contains("ByMethods.test: \"bad of method\" is");
        assertThat(Fixtures.failure(ByMethodForBeforeEach.class)).contains("ByMethodForBeforeEach.test: \"bad of");
        assertThat(Fixtures.failure(ByMethodForConstructor.class)).contains("ByMethodForConstructor.test: \"bad of");
        assertThat(Fixtures.failure(ByMethodForField.class)).contains("ByMethodForField.test: \"bad of method\" is");
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "bad of class"))
    static class ByParameter {
        @Test
        @Sandbox(limits = @Limits(memory = "bad of method"))
        void test(@Sandbox(limits = @Limits(memory = "bad of parameter")) Shell shell) {}
    }

    @Test
    void letsTheParameterDecideFirst() {
        assertThat(Fixtures.failure(ByParameter.class)).contains("\"bad of parameter\" is");
    }

    @Sandbox
    static class NoImage {
        @Test
        void test(Shell shell) {}
    }

    @Test
    void readsConfigurationParametersLast() {
        assertThat(Fixtures.failure(Map.of("sandbox.image", "busybox", "sandbox.limits.work", "bad"), NoImage.class))
                .contains("configuration parameter sandbox.limits.work: \"bad\" is not a size");
    }
}
