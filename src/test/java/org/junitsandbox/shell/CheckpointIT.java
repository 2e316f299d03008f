package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Files that a reset brings back. */
class CheckpointIT {

    @ParameterizedTest
    @EnumSource
    void bringsTheFilesBackAtEachReset(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec())) {
            shell.run("mkdir d empty; echo a >.hidden; echo b >..odd; echo c >./-dash; echo d >d/exe; chmod 750 d/exe;"
                    + " touch -t 200102030405 d/exe; ln -s /nowhere d/link; : >\"d/$(printf '\\351')\";"
                    + " set -f; v=1; cd d");
            String before = shell.run("ls -lAR /work").stdout();
            shell.checkpoint();

            for (int reset = 0; reset < 2; reset++) {
                shell.run("rm -rf /work/* /work/.h*; echo later >/work/later; echo later >/tmp/later");
                shell.reset();

                assertThat(shell.run("ls -lAR /work; cat /work/d/exe").stdout()).isEqualTo(before + "d\n");
                assertThat(shell.run("pwd; echo $v; ls /tmp").stdout()).isEqualTo("/work\n\n");
            }
        }
    }

    @Test
    void replacesAnEarlierOneAlsoByNothing() {
        try (Shell shell = Shell.open(SandboxSpec.of("busybox"))) {
            shell.copyInText("a", "file");
            shell.checkpoint();
            shell.run("rm file");
            shell.checkpoint();
            shell.copyInText("b", "other");
            shell.reset();

            assertThat(shell.run("ls -A").stdout()).isEmpty();
        }
    }

    @Test
    void keepsTheOwnersOfARootsFiles() {
        SandboxSpec spec = SandboxSpec.of("busybox").profile(Profile.TRUSTED);
        Cluster.assumeThatItRuns(spec);
        try (Shell shell = Shell.open(spec)) {
            shell.run("echo a >file; chown 7:8 file");
            shell.checkpoint();
            shell.reset();

            assertThat(shell.run("stat -c '%u:%g' file").stdout()).isEqualTo("7:8\n");
        }
    }

    @Test
    void refusesWhatIsTooLargeOrCannotBeReadAndKeepsTheEarlierOne() {
        SandboxSpec spec = SandboxSpec.of("busybox").limits(ResourceLimits.DEFAULT.input("1MiB"));
        try (Shell shell = Shell.open(spec)) {
            shell.copyInText("a", "file");
            shell.checkpoint();
            shell.run("head -c 2000000 /dev/zero >large");
            assertThatThrownBy(shell::checkpoint)
                    .isInstanceOf(TransferException.class)
                    .hasMessage("No checkpoint: /work holds more than the limit of 1 MiB for what is given to a"
                            + " command; the limit input raises it");
            shell.run("rm large; mkdir closed; chmod 0 closed");
            assertThatThrownBy(shell::checkpoint)
                    .isInstanceOf(TransferException.class)
                    .hasMessageStartingWith("No checkpoint: /work cannot be read in the sandbox: ");

            shell.reset();

            assertThat(shell.run("ls -A").stdout()).isEqualTo("file\n");
        }
    }
}
