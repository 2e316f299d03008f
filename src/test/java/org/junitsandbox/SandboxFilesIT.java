package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.Shell;

/** Files that annotations name. */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxFilesIT {

    @Sandbox(image = "busybox", files = {"public-surface.txt", "/org/junitsandbox/Sandbox.class", "file:src/docs"})
    static class Copied {
        @Test
        void test(Shell shell) throws IOException {
            ContainerLog.record("copied", shell);
            assertThat(shell.run("ls; ls docs").stdoutLines())
                    .startsWith("Sandbox.class", "docs", "public-surface.txt")
                    .contains("options.md");
            assertThat(shell.changes().all()).isEmpty();
            assertThat(shell.copyOut("public-surface.txt")).isEqualTo(resource("public-surface.txt"));
        }

        @Test
        @Sandbox(files = "")
        void none(Shell shell) {
            ContainerLog.record("none", shell);
            assertThat(shell.run("ls -A").stdout()).isEmpty();
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream content = Objects.requireNonNull(SandboxFilesIT.class.getResourceAsStream(name))) {
            return content.readAllBytes();
        }
    }

    @Test
    void copiesResourcesAndFilesOfTheProjectIn() {
        ContainerLog.run(2, Copied.class);
    }

    @Sandbox(image = "busybox")
    static class Missing {
        @Test
        void inClassPath(@Sandbox(files = "no-such-resource") Shell shell) {}

        @Test
        void inProject(@Sandbox(files = "file:no/such/file") Shell shell) {}

        @Test
        void together(Shell without, @Sandbox(files = "public-surface.txt") Shell with) {}
    }

    @Test
    void namesWhatCannotBeCopied() {
        assertThat(Fixtures.failures(Fixtures.run(Missing.class)))
                .hasSize(3)
                .anySatisfy(message -> assertThat(message)
                        .contains("File \"no-such-resource\" of @Sandbox for parameter shell of method "
                                + Missing.class.getName() + ".inClassPath: There is no resource no-such-resource"))
                .anySatisfy(message -> assertThat(message)
                        .contains("File \"file:no/such/file\" of @Sandbox for parameter shell of method "
                                + Missing.class.getName() + ".inProject: There is no file /"))
                .anySatisfy(message -> assertThat(message)
                        .contains("They differ in:\n  files: not set and \"public-surface.txt\" (files of"
                                + " @Sandbox on"));
    }
}
