package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.spec.Profile;
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
            assertThat(shell.run(ENTRY).stdout()).isEqualTo("nobody /nonexistent");
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
        try (Shell shell = Shell.open(spec)) {
            assertThat(shell.run(ENTRY).stdout()).isEqualTo("tester /work");
            assertThat(shell.run("whoami; echo a >~/file; cat file").stdout()).isEqualTo("tester\na\n");
        }
    }
}
