package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.ShellKind;

/** What the supervisor puts right of what commands have done to it. */
@Timeout(120)
class RepairIT {

    @ParameterizedTest
    @EnumSource
    void removesAMarkThatCannotBeRemovedAtOnce(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec())) {
            CommandResult planted = shell.run(Command.of("for file in /dev/shm/.*.in; do mark=${file%.in}.ended"
                            + " && mkdir -p \"$mark/a/b\" && chmod 0 \"$mark\" && echo planted; done")
                    .stdin("input"));
            assertThat(planted.stdout()).isEqualTo("planted\n");
            shell.run("true");

            shell.run("x=kept");

            assertThat(shell.run("echo $x").stdout()).isEqualTo("kept\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsACopyGoOnWhenTheShellIsKilled(ShellKind kind) {
        int bytes = 12 << 20;
        try (Shell shell = Shell.open(kind.spec())) {
            shell.run("head -c " + bytes + " /dev/zero >file");
            String container = EngineExec.containerOf(shell);
            String kill = "kill -9 " + shell.run("echo $$").stdout().strip();
            AtomicLong copied = new AtomicLong();

            shell.copyOut("file", new OutputStream() {
                @Override
                public void write(int value) {
                    throw new AssertionError("Copies come in parts");
                }

                @Override
                public void write(byte[] part, int offset, int length) {
                    if (copied.getAndAdd(length) == 0) {
                        assertThat(EngineExec.run(container, "/bin/sh", kill).exitCode())
                                .isZero();
                    }
                }
            });

            assertThat(copied).hasValue(bytes);
            assertThat(shell.run("echo on").stdout()).isEqualTo("on\n");
        }
    }
}
