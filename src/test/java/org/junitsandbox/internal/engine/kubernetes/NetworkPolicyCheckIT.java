package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * What an attempt shows that connects, and is then never answered: as one whose packets are dropped as soon as it has
 * connected. The server is in the sandbox.
 */
@Timeout(120)
class NetworkPolicyCheckIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    /** Longer than the check may take. */
    private static final Duration LONG = Duration.ofSeconds(100);

    private static final String PORT = "5555";

    private static final String LISTENS =
            "until cat /proc/net/tcp /proc/net/tcp6 | grep -q ':%04X .* 0A '; do sleep 1; done"
                    .formatted(Integer.parseInt(PORT));

    /** Later ones are refused. */
    private static final String ONE_CONNECTION = "-l";

    private static final String ALL_CONNECTIONS = "-ll";

    private static Shell open() {
        return SHELLS.open(SandboxSpec.of("busybox:latest"));
    }

    private static int exitCode(Shell shell, String server, String script) {
        shell.run("nc " + server + " -p " + PORT + " -e sleep 1000 >/dev/null 2>&1 & " + LISTENS);
        int exitCode = shell.run(Command.of("sh", "-c", script)
                        .environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
                        .environment("KUBERNETES_SERVICE_PORT", PORT)
                        .environment("PATH", shell.directory() + ":/bin:/usr/bin")
                        .timeLimit(LONG))
                .exitCode();
        assertThat(shell.run("ps | grep '[s]leep 1000'").exitCode())
                .as("whether a connection was made")
                .isZero();
        return exitCode;
    }

    @Test
    void checkIsNotHeldUpByAConnectionThatIsCutAsSoonAsItIsMade() {
        try (Shell shell = open()) {
            assertThat(exitCode(shell, ONE_CONNECTION, NetworkPolicyCheck.CHECK))
                    .isZero();
        }
    }

    @Test
    void controlTakesAConnectionThatWasCutForNone() {
        try (Shell shell = open()) {
            assertThat(exitCode(shell, ONE_CONNECTION, NetworkPolicyCheck.CONTROL_CHECK))
                    .isEqualTo(NetworkPolicyCheck.NOT_REACHED);
        }
    }

    @Test
    void checkTakesNoConnectionForADenial() {
        try (Shell shell = open()) {
            assertThat(exitCode(shell, ALL_CONNECTIONS, NetworkPolicyCheck.CHECK))
                    .isEqualTo(NetworkPolicyCheck.NOT_ENFORCED);
        }
    }

    @Test
    void checkTakesNoConnectionForADenialWhereNcCatchesSignals() {
        try (Shell shell = open()) {
            // The traditional nc ends with 1 then.
            shell.copyInText("#!/bin/sh\ntrap 'exit 1' HUP INT TERM\n/bin/nc \"$@\" &\nwait\n", "nc");
            shell.run("chmod +x nc");

            assertThat(exitCode(shell, ALL_CONNECTIONS, NetworkPolicyCheck.CHECK))
                    .isEqualTo(NetworkPolicyCheck.NOT_ENFORCED);
        }
    }
}
