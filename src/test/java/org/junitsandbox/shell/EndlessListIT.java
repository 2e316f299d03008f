package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** On a writable root, commands can replace the programs that list files. */
class EndlessListIT {

    /** It prints what the real one prints, so often that there are ten times as many files as allowed. */
    private static final String FALSE_FIND =
            """
            cp /usr/bin/find /opt/find
            rm /usr/bin/find
            cat >/usr/bin/find <<'END'
            #!/bin/sh
            /opt/find "$@" >/opt/list || exit
            i=0
            while [ $i -lt %d ]; do cat /opt/list || exit; i=$((i + 1)); done
            END
            chmod 755 /usr/bin/find
            """;

    @Test
    @Timeout(120)
    void isRefusedAndTheSandboxStays() {
        int files = 5_000;
        SandboxSpec spec = ShellKind.DASH
                .spec()
                .profile(Profile.TRUSTED)
                .limits(ResourceLimits.DEFAULT.commandTime(Duration.ofSeconds(60)));
        Cluster.assumeThatItRuns(spec);
        try (Shell shell = Shell.open(spec)) {
            assertThat(shell.run("mkdir d && cd d && seq " + files + " | xargs touch && cd ..").exitCode()).isZero();
            assertThat(shell.list("d")).hasSize(files);
            assertThat(shell.run(FALSE_FIND.formatted(10 * FileListing.MAX_FILES / files)).exitCode()).isZero();

            assertThatExceptionOfType(TransferException.class)
                    .isThrownBy(() -> shell.list("d"))
                    .withMessage("Cannot list what is in d in the sandbox: there are more than 500000 files");
            assertThat(shell.run("echo still there").stdout()).isEqualTo("still there\n");
        }
    }
}
