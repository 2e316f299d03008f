package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ChangeLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.RecycledShells;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Changes on a writable root, in used containers, and of very many files. */
@Timeout(300)
class ChangesElsewhereIT {

    private static final DockerClient ENGINE = DockerClientProviderStrategy.getClientForConfig(
            DockerClientFactory.instance().getTransportConfig());

    private static List<String> changes(Shell shell) {
        return shell.changes().all().stream().map(change -> change.kind() + " " + change.path()).toList();
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void findsChangesOnAWritableRootAsTheEngineDoes(ShellKind kind) {
        try (Shell shell = openTrusted(kind)) {
            assertThatIllegalStateException()
                    .isThrownBy(shell::changes)
                    .withMessageMatching("It is not known which files there were in /, .* when the sandbox was handed"
                            + " out: call markFiles\\(\\) before the commands whose changes are to be found");
            shell.run("echo >/before && mkdir /home/d && chmod 700 /home/d");
            shell.markFiles();
            assertThat(shell.changes().all()).isEmpty();

            shell.run("echo >>/etc/passwd; rm /etc/group /before; mkdir -p /opt/a/b; echo >/opt/a/b/f; chmod 711 /home;"
                    + " echo >/work/w; echo >/dev/shm/s; touch /etc/hosts");
            // busybox has no /opt.
            assertThat(changes(shell).stream().filter(change -> !change.equals("ADDED /opt")).toList())
                    .containsExactly(
                            "DELETED /before",
                            "ADDED /dev/shm/s",
                            "DELETED /etc/group",
                            "MODIFIED /etc/hosts",
                            "MODIFIED /etc/passwd",
                            "MODIFIED /home",
                            "ADDED /opt/a",
                            "ADDED /opt/a/b",
                            "ADDED /opt/a/b/f",
                            "ADDED /work/w");
            List<String> ofEngine = Objects.requireNonNull(
                            ENGINE.containerDiffCmd(EngineExec.containerOf(shell)).exec())
                    .stream()
                    .map(ChangeLog::getPath)
                    .toList();
            // It sees neither memory nor what was made and removed; and it takes the image for what was before.
            assertThat(ofEngine)
                    .contains("/etc/group", "/etc/passwd", "/home", "/opt/a", "/opt/a/b", "/opt/a/b/f", "/work/w")
                    .doesNotContain("/before", "/dev/shm/s");
        }
    }

    @Test
    void findsChangesOfAUserWithoutRightsOnAWritableRoot() {
        Profile profile = Profile.UNTRUSTED.readOnlyRoot(false);
        try (Shell shell = Shell.open(ShellKind.DASH.spec().profile(profile))) {
            shell.markFiles();
            shell.run("echo >/var/tmp/f; echo >/work/g");
            assertThat(changes(shell)).containsExactly("ADDED /var/tmp/f", "ADDED /work/g");
        }
    }

    /** Podman copies what an image has in /run to memory, where it is its owner's to change. */
    @Test
    void findsChangesOfWhatAnImageHoldsWhereItsEngineLetsCommandsWrite() {
        SandboxSpec spec = ShellKind.DASH
                .spec()
                .setup("mkdir -p /run/own/d && cd /run/own && echo a >kept && echo a >changed && echo a >gone"
                        + " && ln -s a link && chown -hR 65534:65534 /run/own");
        try (Shell shell = Shell.open(spec)) {
            assumeTrue(shell.run("test -w /run/own").succeeded(), "nobody can write to /run");
            assertThat(shell.changes().all()).isEmpty();

            shell.run("cd /run/own; cat kept link; echo b >changed; rm gone; ln -sf b link; chmod 700 d;"
                    + " echo >/run/new");
            assertThat(changes(shell))
                    .containsExactly(
                            "ADDED /run/new",
                            "MODIFIED /run/own/changed",
                            "MODIFIED /run/own/d",
                            "DELETED /run/own/gone",
                            "MODIFIED /run/own/link");

            shell.reset();
            assertThat(shell.changes().all()).isEmpty();
        }
    }

    @Test
    void doesNotCountWhatItTookToListTheFilesThatASandboxBeginsWithAsUsed() {
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            shell.run("true");
            assertThat(shell.usage().activities()).containsExactly("running `true`");
        }
    }

    /** Maps a file, reads it there and writes there: the kernel does not notice the change of a file in memory. */
    private static final String MAPPED_WRITE = """
            open(F, "+<", "f"); open(N, ">", "n"); open(Z, "<", "/dev/zero");
            $a = syscall(9, 0, 4096, 3, 1, fileno(F), 0);
            syscall(1, fileno(N), $a, 1); syscall(0, fileno(Z), $a, 1);""";

    @Test
    void findsWhatWasWrittenThroughAMemoryMappingSinceAMark() {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "numbers of system calls");
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            shell.run("head -c 4096 /dev/zero | tr '\\0' a >f; echo >g");
            shell.markFiles();
            String time = shell.run("stat -c %z f").stdout();
            assertThat(shell.run("perl", "-e", MAPPED_WRITE).succeeded()).isTrue();

            assertThat(shell.run("head -c 1 f | od -An -tx1").stdout()).isEqualTo(" 00\n");
            assertThat(shell.run("stat -c %z f").stdout()).isEqualTo(time);
            assertThat(changes(shell)).containsExactly("MODIFIED /work/f", "ADDED /work/n");
        }
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void startsAnewInAUsedContainer(ShellKind kind) {
        try (RecycledShells shells = new RecycledShells(1)) {
            Shell shell = shells.of(kind);
            assertThat(changes(shell)).isEmpty();
            shell.run("echo >f");
            assertThat(changes(shell)).containsExactly("ADDED /work/f");
        }
    }

    @Test
    void findsThatFilesGoWhileTheyAreLookedAtOrGivesARightAnswer() {
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            shell.run("mkdir c; (while :; do for i in 1 2 3 4 5 6 7 8 9; do : >c/$i; done; rm -f c/*; done) &"
                    + " echo >kept");
            for (int i = 0; i < 20; i++) {
                try {
                    assertThat(changes(shell))
                            .contains("ADDED /work/kept", "ADDED /work/c")
                            .allSatisfy(change -> assertThat(change).matches("ADDED /work/(kept|c|c/[1-9])"));
                } catch (TransferException e) {
                    assertThat(e).hasMessageContaining("No such file or directory");
                }
            }
        }
    }

    /** Makes very many files, and prints how many changes there are at first, and which ones there are after a mark. */
    static final class ManyFiles {

        private ManyFiles() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] kind) {
            SandboxSpec spec = ShellKind.valueOf(kind[0]).spec();
            try (Shell shell = Shell.open(spec.limits(spec.limits().memory("1GiB").work("512MiB")))) {
                Command make = Command.of("mkdir d && for i in $(seq 100); do mkdir d/$i; for j in $(seq 1000); do"
                                + " : >\"d/$i/a file with a name of usual length $j.txt\"; done; done; find d | wc -l")
                        .timeLimit(Duration.ofMinutes(4));
                System.out.println(shell.run(make).stdout().strip());
                System.out.println(shell.changes().all().size());
                shell.markFiles();
                shell.run("echo >d/50/new; rm d/7/*99.txt");
                Changes since = shell.changes();
                System.out.println(since.added().paths());
                System.out.println(since.deleted().all().size());
            }
        }
    }

    /** A list takes some 40 MB of the JVM's memory, a mark and a later list two of these. */
    @ParameterizedTest
    @EnumSource(value = ShellKind.class, names = {"DASH", "BUSYBOX"})
    void listsAHundredThousandFilesInBoundedMemory(ShellKind kind) throws IOException {
        try (SandboxJvm jvm = SandboxJvm.start(ManyFiles.class, kind.name(), Map.of(), "-Xmx128m")) {
            String files = "100101";
            assertThat(jvm.nextLine()).isEqualTo(files);
            assertThat(jvm.nextLine()).isEqualTo(files);
            assertThat(jvm.nextLine()).isEqualTo("[/work/d/50/new]");
            assertThat(jvm.nextLine()).isEqualTo("10");
            assertThat(jvm.exitCode()).as("exit code of the JVM").isZero();
        }
    }

    private static final String LINE = "./a//" + ForgedStat.LINE;

    @ParameterizedTest
    @CsvSource({
        "yes '" + LINE + "', there are more than 500000 files",
        "yes, the list is longer than 128 MiB",
        "echo '" + LINE + "' end,"
                + " 'its find and stat printed something else, and are not those of coreutils or busybox'",
        "yes >&2, y"
    })
    void endsWhatAProgramOfTheUserPrintsInPlaceOfAList(String program, String message) {
        try (Shell shell = openTrusted(ShellKind.DASH)) {
            shell.copyInText("#!/bin/sh\n" + program + "\n", "find", "0755");
            assertThat(shell.run("mv find /usr/bin/find").succeeded()).isTrue();

            assertThatExceptionOfType(TransferException.class)
                    .isThrownBy(() -> shell.list("/bin"))
                    .withMessage("Cannot list what is in /bin in the sandbox: " + message);
            assertThat(shell.run("echo on").stdout()).isEqualTo("on\n");
        }
    }

    private static Shell openTrusted(ShellKind kind) {
        SandboxSpec spec = kind.spec().profile(Profile.TRUSTED.network("none"));
        Cluster.assumeThatItRuns(spec);
        return Shell.open(spec);
    }
}
