package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.Shell;

/** Which sandbox an invocation gets where a method or a class has several. */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxInvocationsIT {

    static class SeveralInvocations {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int number, @Sandbox(image = "busybox") Shell shell) {
            assertThat(shell.run("ls /work; touch /work/" + number).stdout()).isEmpty();
            ContainerLog.record("invocations", shell);
        }

        @RepeatedTest(2)
        void repeated(@Sandbox(image = "busybox") Shell shell) {
            ContainerLog.record("invocations", shell);
        }
    }

    @Test
    void givesEachInvocationACleanSandbox() {
        ContainerLog.run(4, SeveralInvocations.class);

        assertThat(ContainerLog.all("invocations")).hasSize(4).doesNotHaveDuplicates();
    }

    @Sandbox(image = "busybox")
    static class Dynamic {
        @TestFactory
        Stream<DynamicTest> tests(Shell shell) {
            return Stream.of("a", "b")
                    .map(name -> DynamicTest.dynamicTest(name, () -> ContainerLog.record("dynamic", shell)));
        }
    }

    @Test
    void keepsTheSandboxOfAFactoryMethodForItsDynamicTests() {
        ContainerLog.run(2, Dynamic.class);

        assertThat(ContainerLog.all("dynamic")).hasSize(2);
        assertThat(ContainerLog.one("dynamic")).isNotEmpty();
    }

    @TestInstance(Lifecycle.PER_CLASS)
    @Sandbox(image = "busybox")
    static class OneInstanceAndCleanSandboxes {
        @BeforeEach
        void before(Shell shell) {
            ContainerLog.record("test", shell);
        }

        @Test
        void one(Shell shell) {
            assertThat(shell.run("ls /work; touch /work/file").stdout()).isEmpty();
        }

        @Test
        void another(Shell shell) {
            one(shell);
        }
    }

    @Test
    void givesEachTestACleanSandboxWithOneInstance() {
        ContainerLog.run(2, OneInstanceAndCleanSandboxes.class);

        assertThat(ContainerLog.all("test")).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    @Sandbox(image = "busybox")
    static class Parameterized {
        @Parameter
        int number;

        @Sandbox
        Shell ofTest;

        @Sandbox(name = "class", reset = Reset.CLASS)
        static Shell ofClass;

        @BeforeAll
        static void beforeAll() {
            ContainerLog.record("class", ofClass);
            ofClass.run("echo once >>/work/file");
        }

        @Test
        void test(@Sandbox(name = "class", reset = Reset.CLASS) Shell shell) {
            ContainerLog.record("class", ofClass);
            ContainerLog.record("class", shell);
            ContainerLog.record("tests", ofTest);
            assertThat(shell.run("cat /work/file").stdout()).isEqualTo("once\n");
        }
    }

    @Test
    void keepsTheSandboxOfAParameterizedClassForAllItsInvocations() {
        ContainerLog.run(2, Parameterized.class);

        assertThat(ContainerLog.all("tests"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .doesNotContain(ContainerLog.one("class"));
    }

    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    @Sandbox(image = "busybox", reset = Reset.CLASS)
    static class ResetBetweenInvocations {
        @Parameter
        int number;

        @BeforeParameterizedClassInvocation(injectArguments = false)
        static void clean(Shell shell) {
            shell.reset();
        }

        @Test
        void test(Shell shell) {
            ContainerLog.record("invocations", shell);
            assertThat(shell.run("ls; touch file").stdout()).isEmpty();
        }
    }

    @Test
    void letsAParameterizedClassResetBetweenItsInvocations() {
        ContainerLog.run(2, ResetBetweenInvocations.class);
    }
}
