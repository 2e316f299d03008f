package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.Shell;

/** Where shells are injected, and which shell goes where. */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxExtensionIT {

    @Sandbox(image = "busybox")
    static class EveryPlaceOfATest {
        private final String constructed;

        @Sandbox
        Shell field;

        EveryPlaceOfATest(Shell shell) {
            ContainerLog.record("test", shell);
            this.constructed = ContainerLog.idOf(shell);
        }

        @BeforeEach
        void before(Shell shell) {
            ContainerLog.record(constructed, shell);
            ContainerLog.record(constructed, field);
            shell.run("touch /work/before");
        }

        @AfterEach
        void after(Shell shell) {
            ContainerLog.record(constructed, shell);
        }

        @Test
        void one(Shell shell) {
            check(shell);
        }

        @Test
        void another(@Sandbox Shell shell) {
            check(shell);
        }

        private void check(Shell shell) {
            ContainerLog.record(constructed, shell);
            assertThat(shell.run("ls /work; touch /work/test").stdout()).isEqualTo("before\n");
        }
    }

    @Test
    void givesEachTestACleanSandboxInAllItsPlaces() {
        ContainerLog.run(2, EveryPlaceOfATest.class);

        assertThat(ContainerLog.all("test")).hasSize(2).doesNotHaveDuplicates();
        assertThat(ContainerLog.all("test")).allSatisfy(id -> assertThat(ContainerLog.one(id)).isEqualTo(id));
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    static class EveryPlaceOfAClass {
        @Sandbox
        static @Nullable Shell staticField;

        @Sandbox
        Shell field;

        EveryPlaceOfAClass(Shell shell) {
            ContainerLog.record("class", shell);
        }

        @BeforeAll
        static void beforeAll(Shell shell) {
            ContainerLog.record("class", shell);
            shell.run("echo kept >> /work/file");
        }

        @BeforeEach
        void beforeEach(Shell shell) {
            ContainerLog.record("class", shell);
            ContainerLog.record("class", field);
        }

        @Test
        void one(Shell shell) {
            assertThat(shell.run("cat /work/file").stdout()).startsWith("kept\n");
            shell.run("echo tested >> /work/file");
        }

        @Test
        void another(Shell shell) {
            one(shell);
        }

        @AfterAll
        static void afterAll(Shell shell) {
            ContainerLog.record("class", shell);
            assertThat(staticField).isSameAs(shell);
            assertThat(shell.run("cat /work/file").stdout()).isEqualTo("kept\ntested\ntested\n");
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class EveryPlaceOfAClassWithOneInstance extends EveryPlaceOfAClass {
        EveryPlaceOfAClassWithOneInstance(Shell shell) {
            super(shell);
        }

        @AfterAll
        void afterAllOfInstance(@Sandbox Shell shell) {
            assertThat(field).isSameAs(shell);
        }
    }

    @Test
    void keepsTheSandboxOfAClassForAllItsPlaces() {
        ContainerLog.run(2, EveryPlaceOfAClass.class);
        assertThat(ContainerLog.one("class")).isNotEmpty();
        assertThat(EveryPlaceOfAClass.staticField).isNull();

        ContainerLog.run(2, EveryPlaceOfAClassWithOneInstance.class);
        assertThat(ContainerLog.one("class")).isNotEmpty();
    }

    @Test
    void givesEachClassThatInheritsAStaticFieldItsOwn() {
        ContainerLog.run(4, EveryPlaceOfAClass.class, EveryPlaceOfAClassWithOneInstance.class);

        assertThat(ContainerLog.all("class").stream().distinct()).hasSize(2);
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Sandbox(image = "busybox", limits = @Limits(commandTime = "7s"))
    @interface Box {}

    @Box
    static class MetaAnnotated {
        @Test
        void onClass(Shell shell) {
            assertThat(shell.spec().limits().commandTime()).hasSeconds(7);
            ContainerLog.record("meta", shell);
        }
    }

    static class MetaAnnotatedParameter {
        @Test
        void onParameter(@Box Shell shell) {
            ContainerLog.record("meta", shell);
        }
    }

    @Test
    void readsMetaAnnotations() {
        ContainerLog.run(2, MetaAnnotated.class, MetaAnnotatedParameter.class);
    }

    @Sandbox
    static class Configured {
        @Test
        void test(Shell shell) {
            ContainerLog.record("configured", shell);
            assertThat(shell.spec().limits().openFiles()).isEqualTo(99);
        }
    }

    @Test
    void readsConfigurationParameters() {
        ContainerLog.run(Map.of("sandbox.image", "busybox", "sandbox.limits.openFiles", "99"), 1, Configured.class);
    }

    @Sandbox(image = "busybox", environment = "A=1")
    static class MethodAnnotated {
        @BeforeEach
        void before(Shell shell) {
            ContainerLog.record("method", shell);
        }

        @Test
        @Sandbox(environment = "B=2")
        void test(Shell shell) {
            ContainerLog.record("method", shell);
            assertThat(shell.run("echo $A $B").stdout()).isEqualTo("1 2\n");
        }
    }

    @Test
    void letsATestMethodChangeItsSandbox() {
        ContainerLog.run(1, MethodAnnotated.class);

        assertThat(ContainerLog.one("method")).isNotEmpty();
    }

    @Sandbox(image = "busybox", setup = "echo hi > /marker")
    static class SetUp {
        @Test
        void test(Shell shell) {
            ContainerLog.record("setup", shell);
            assertThat(shell.run("cat /marker").stdout()).isEqualTo("hi\n");
        }
    }

    @Test
    void setsTheImageUp() {
        ContainerLog.run(1, SetUp.class);
    }

    static class Failing {
        @Sandbox(image = "busybox", reset = Reset.CLASS, name = "class")
        static Shell ofClass;

        @BeforeEach
        void before() {
            ContainerLog.record("class", ofClass);
        }

        @Test
        void inTest(@Sandbox(image = "busybox") Shell shell) {
            ContainerLog.record("failing", shell);
            throw new IllegalStateException("meant to fail");
        }

        @Test
        void betweenParameters(
                @Sandbox(image = "busybox") Shell shell,
                @Sandbox(image = "busybox", name = "other", shell = "relative") Shell other) {}
    }

    @Test
    void removesTheContainersOfTestsThatFail() {
        assertThat(ContainerLog.failures(Failing.class)).hasSize(2).contains("meant to fail");
    }

    static class KeptTooLong {
        static final List<Shell> KEPT = new ArrayList<>();

        @Test
        void test(@Sandbox(image = "busybox") Shell shell) {
            ContainerLog.record("kept", shell);
            KEPT.add(shell);
        }
    }

    @Test
    void closesTheShellWithItsTest() {
        ContainerLog.run(1, KeptTooLong.class);

        assertThat(KeptTooLong.KEPT).singleElement().satisfies(shell -> assertThat(
                        catchThrowable(() -> shell.run("true")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed"));
    }

    @DisabledWithoutEngine
    static class WithEngine {
        @Test
        void test(@Sandbox(image = "busybox") Shell shell) {
            ContainerLog.record("engine", shell);
        }
    }

    @Test
    void runsWhatIsDisabledWithoutEngineWhereThereIsOne() {
        ContainerLog.run(Map.of("sandbox.required", "true"), 1, WithEngine.class);
    }
}
