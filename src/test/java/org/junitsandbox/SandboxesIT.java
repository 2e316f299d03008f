package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** Sandboxes that tests describe in code. */
@SuppressWarnings("NullAway.Init") // fields that a test sets
class SandboxesIT {

    static class ByArgument {
        @ParameterizedTest
        @ValueSource(strings = {"debian:bookworm-slim", "busybox"})
        void test(String image, @Sandbox Sandboxes sandboxes) {
            Shell shell = sandboxes.open(SandboxSpec.of(image));
            ContainerLog.record("argument", shell);
            assertThat(shell.run("[ -e /etc/debian_version ]").succeeded()).isEqualTo(image.startsWith("debian"));
        }
    }

    @Test
    void takesTheImageFromAnArgument() {
        ContainerLog.run(2, ByArgument.class);

        assertThat(ContainerLog.all("argument")).hasSize(2).doesNotHaveDuplicates();
    }

    @Sandbox(image = "busybox", environment = "A=1")
    static class Declared {
        static Shell ofClass;

        @BeforeAll
        static void open(Sandboxes sandboxes) {
            ofClass = sandboxes.open(sandboxes.spec().environment("B", "2"));
        }

        @Test
        void one(@Sandbox(environment = "C=3") Sandboxes sandboxes, Shell shell) {
            ContainerLog.record("class", ofClass);
            ContainerLog.record("test", shell);
            assertThat(ofClass.run("echo $A $B").stdout()).isEqualTo("1 2\n");
            assertThat(sandboxes.spec().environment()).containsOnlyKeys("A", "C");
            Shell opened = sandboxes.open(sandboxes.spec());
            assertThat(opened).isNotSameAs(sandboxes.open(sandboxes.spec()));
            ContainerLog.record("opened", opened);
            opened.close();
        }

        @Test
        void another() {
            ContainerLog.record("class", ofClass);
        }

        @AfterAll
        static void stillOpen() {
            ContainerLog.record("class", ofClass);
        }
    }

    @Test
    void startsFromWhatIsDeclaredAndClosesWithTheTestOrTheClass() {
        ContainerLog.run(2, Declared.class);

        assertThat(ContainerLog.one("class")).isNotEqualTo(ContainerLog.one("opened"));
        assertThatThrownBy(() -> Declared.ofClass.run("true")).hasMessageContaining("closed");
    }

    static class WithoutImage {
        @Test
        void test(@Sandbox Sandboxes sandboxes) {
            assertThatThrownBy(sandboxes::spec)
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessageStartingWith("No image for the sandbox of parameter sandboxes of method ");
            ContainerLog.record("failing", sandboxes.open(SandboxSpec.of("busybox")));
            throw new IllegalStateException("meant to fail");
        }
    }

    @Test
    void closesWhatAFailingTestHasOpened() {
        assertThat(ContainerLog.failures(WithoutImage.class)).containsExactly("meant to fail");
    }
}
