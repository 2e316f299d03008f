package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.HostileText;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellSeries;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Transcripts of real sandboxes. */
class TranscriptFilesIT {

    static final SandboxSpec SPEC = SandboxSpec.of("busybox:latest")
            .environment("GIVEN", "value")
            .limits(ResourceLimits.DEFAULT.memory("100MiB"));

    @TempDir
    private Path directory;

    private String write(Shell shell) throws IOException {
        TranscriptFiles.write(shell.transcript(), "a test", directory);
        return Files.readString(directory.resolve(TranscriptFiles.TEXT));
    }

    /** Puts a letter in the place of each time. */
    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+\\.\\d{3} s", "T s").replaceAll("after [\\d.]+ m?s", "after T").replaceAll(
                "opened at .*", "opened at T");
    }

    @Test
    void writesAllThatHappenedInItsOrder() throws IOException {
        try (Shell shell = Shell.open(SPEC)) {
            shell.copyInText("abc", "in.txt");
            shell.run(Command.of("cat in.txt; echo oops >&2; false").directory("/tmp").timeLimit("5s"));
            shell.run("cat in.txt\nexit 3");
            shell.copyOutText("in.txt");
            shell.note("the second part");
            shell.checkpoint();
            shell.reset();
            shell.start("sleep 100").close();

            assertThat(withoutTimes(write(shell))).isEqualTo("""
                    Transcript of a test, opened at T

                      image busybox:latest
                      user 65534:65534
                      network none
                      limits %s
                      environment GIVEN=value

                    [T s] copy in: 3 bytes to in.txt
                      done, after T

                    [T s] $ cat in.txt; echo oops >&2; false
                      with time limit 5 s
                      T s ERR | cat: can't open 'in.txt': No such file or directory
                      T s ERR | oops
                      exited with code 1, after T, in /tmp

                    [T s] $ cat in.txt
                        > exit 3
                      T s out | abc (no line feed)
                      ended its shell with code 3, after T, in /work

                    [T s] copy out: in.txt out
                      done, after T

                    [T s] # the second part

                    [T s] checkpoint
                      done, after T

                    [T s] reset to a clean container
                      done, after T

                    [T s] in the background: $ sleep 100
                      done, after T
                    """.formatted(SPEC.limits()));
        }
    }

    @Test
    void isThatOfItsOwnSandboxInACleanedContainer() throws IOException {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT);
                ShellSeries series = pool.series(SPEC)) {
            try (Shell first = series.open(1)) {
                first.run("echo first");
            }
            try (Shell second = series.open(0)) {
                second.run("echo second");

                assertThat(write(second)).contains("echo second").doesNotContain("first");
            }
        }
    }

    @Test
    void hasTimesOfWhatCameLater() {
        try (Shell shell = Shell.open(SPEC)) {
            shell.run("echo a; sleep 0.3; echo b >&2");
            var output = shell.transcript().events().get(0).output();

            assertThat(output.get(1).at().minus(output.get(0).at()).toMillis()).isBetween(250L, 3000L);
        }
    }

    @Test
    void isPlainTextWhateverACommandWrites() throws IOException {
        String hostile = HostileText.of("x").replace("\0", "");
        try (Shell shell = Shell.open(SPEC)) {
            shell.run(Command.of("printf", "%s", hostile));
            shell.run(Command.of("printf '\\377\\0\\033]52;c;eA==\\007'; cat >&2").stdin(hostile));
            shell.run("touch", hostile.replace('/', '_'));
            shell.run("ln", "-s", hostile, "link");
            shell.noteChanges();

            HostileText.assertPrintable(write(shell));
            assertThat(Files.readString(directory.resolve(TranscriptFiles.CAST)))
                    .matches(Pattern.compile("[ -~\n]*"));
        }
    }

    /** Follows its shell, prints when it has run commands, and waits. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        Shell shell = Shell.open(SPEC);
        TranscriptFiles.follow(shell, "a test", Path.of(args[0]));
        shell.run("echo whole");
        shell.copyInText("abc", "in.txt");
        shell.run(Command.of("echo begun; sleep 1000").onOutput((stream, bytes) -> System.out.println("running")));
    }

    @Test
    void isWholeUpToTheEndOfAJvmThatIsKilled() throws IOException {
        try (SandboxJvm jvm = SandboxJvm.start(TranscriptFilesIT.class, directory.toString(), Map.of())) {
            assertThat(jvm.nextLine()).isEqualTo("running");
            jvm.kill();
        }

        assertThat(withoutTimes(Files.readString(directory.resolve(TranscriptFiles.TEXT)))).endsWith("""
                [T s] $ echo whole
                  T s out | whole
                  exited with code 0, after T, in /work

                [T s] copy in: 3 bytes to in.txt
                  done, after T

                [T s] $ echo begun; sleep 1000
                """);
    }
}
