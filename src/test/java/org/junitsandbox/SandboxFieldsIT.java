package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** Which fields get a shell. */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxFieldsIT {

    @Sandbox(image = "busybox")
    static class WithoutAnnotation {
        Shell field;

        private Shell privateField;

        @Nested
        class Inner {
            Shell innerField;

            @Test
            void test(Shell shell) {
                ContainerLog.record("bare", shell);
                assertThat(List.of(field, privateField, innerField)).allMatch(each -> each == shell);
            }
        }

        @Test
        void test(Shell shell) {
            ContainerLog.record("bare", shell);
            assertThat(List.of(field, privateField)).allMatch(each -> each == shell);
        }

        @Test
        @Sandbox(environment = "A=1")
        void configures() {
            ContainerLog.record("bare", field);
            assertThat(field.run("echo $A").stdout()).isEqualTo("1\n");
        }
    }

    @Test
    void givesAFieldItsShellAsAParameter() {
        ContainerLog.run(3, WithoutAnnotation.class);

        assertThat(ContainerLog.all("bare")).hasSize(3).doesNotHaveDuplicates();
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    @TestInstance(Lifecycle.PER_CLASS)
    static class WithoutAnnotationPerClass {
        Shell field;

        @Test
        void test(Shell shell) {
            ContainerLog.record("class", field);
            assertThat(field).isSameAs(shell);
        }
    }

    @Test
    void givesAFieldOfAnInstanceForAllTestsTheShellOfTheClass() {
        ContainerLog.run(1, WithoutAnnotationPerClass.class);
    }

    @Sandbox(image = "busybox")
    static class OpenedByHand {
        static final List<Shell> OPENED = new ArrayList<>();

        final Shell own = open();

        private final @Nullable Shell finalAndEmpty = null;

        @TestInstance(Lifecycle.PER_CLASS)
        @Nested
        class WithOneInstance {
            private @Nullable Shell later;

            @BeforeEach
            void receive(Shell shell) {
                later = shell;
            }

            @Test
            void test(Shell shell) {
                assertThat(later).isSameAs(shell);
            }
        }

        private static Shell open() {
            Shell shell = Shell.open(SandboxSpec.of("busybox"));
            OPENED.add(shell);
            return shell;
        }

        @Test
        void test(Shell shell) {
            ContainerLog.record("by hand", shell);
            assertThat(own).isNotSameAs(shell).isSameAs(OPENED.get(OPENED.size() - 1));
            assertThat(finalAndEmpty).isNull();
        }

        @AfterAll
        static void close() {
            OPENED.forEach(Shell::close);
        }
    }

    @Test
    void leavesAFieldAloneThatTheTestSetsItself() {
        ContainerLog.run(2, OpenedByHand.class);
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    record Components(@Sandbox Shell shell) {
        @Test
        void test() {
            ContainerLog.record("record", shell);
        }
    }

    @Test
    void givesARecordItsSandboxByItsConstructor() {
        ContainerLog.run(1, Components.class);
    }

    static class Assigned {
        @Sandbox(image = "busybox", reset = Reset.CLASS, name = "kept")
        static Shell kept;

        @Sandbox(image = "busybox")
        Shell shell = kept;

        @AfterAll
        static void after() {
            ContainerLog.record("kept", kept);
        }

        @Test
        void test() {}
    }

    @Test
    void refusesFieldsThatHaveAValue() {
        assertThat(ContainerLog.failures(Assigned.class))
                .singleElement(STRING)
                .startsWith("@Sandbox on field " + Assigned.class.getName() + ".shell, which has a value already. ");
    }
}
