package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Where programs find the home of the user that commands run as. */
class HomeIT {

    private static final SandboxSpec DEBIAN = SandboxSpec.of("debian:bookworm-slim");

    /** Writes what the C library reports, which a JVM and OpenSSH ask: the name of a user and its home. */
    private static final String ENTRY = "perl -e 'print join(\" \", (getpwuid($<))[0, 7])'";

    @Test
    void isTheWorkDirectoryForProgramsThatReadHome() {
        try (Shell shell = Shell.open(DEBIAN)) {
            assertThat(shell.run("echo ~ $HOME; cd; pwd").stdout()).isEqualTo("/work /work\n/work\n");
            // A pod has an entry of its own.
            assertThat(shell.run(ENTRY).stdout())
                    .isEqualTo(Cluster.isUsed() ? "nobody /work" : "nobody /nonexistent");
        }
    }

    @Test
    void isTheWorkDirectoryForAllProgramsWhereASetUpMakesIt() {
        try (Shell shell = Shell.open(DEBIAN.setup("usermod --home /work nobody"))) {
            assertThat(shell.run(ENTRY).stdout()).isEqualTo("nobody /work");
        }
    }

    @Test
    void isTheWorkDirectoryOfAUserThatASetUpMakes() {
        SandboxSpec spec = DEBIAN.setup("useradd --uid 1234 --home-dir /work tester")
                .profile(Profile.UNTRUSTED.user("1234:1234"));
        Cluster.assumeThatItRuns(spec);
        try (Shell shell = Shell.open(spec)) {
            assertThat(shell.run(ENTRY).stdout()).isEqualTo("tester /work");
            assertThat(shell.run("whoami; echo a >~/file; cat file").stdout()).isEqualTo("tester\na\n");
        }
    }

    /** It keeps a profile below its home, and does not start where it cannot. */
    @Test
    @Timeout(600)
    void letsLibreOfficeConvertADocument() {
        SandboxSpec spec = DEBIAN.setup(
                        "apt-get update", "apt-get install -y --no-install-recommends libreoffice-writer-nogui")
                .limits(ResourceLimits.DEFAULT.memory("1GiB").work("128MiB").commandTime(Duration.ofMinutes(3)));
        try (Shell shell = Shell.open(spec)) {
            shell.copyInText("A letter.\n", "letter.txt");

            CommandResult result = shell.run("soffice --headless --convert-to pdf letter.txt");

            assertThat(result.exitCode()).as(result.toString() + result.stderr()).isZero();
            assertThat(new String(shell.copyOutHead("letter.pdf", 5), StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        }
    }
}
