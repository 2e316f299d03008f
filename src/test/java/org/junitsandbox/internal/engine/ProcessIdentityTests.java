package org.junitsandbox.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When a process of this machine counts as ended: never while it may be alive. */
@EnabledOnOs(OS.LINUX)
class ProcessIdentityTests {

    /** Stands for {@code /proc}. */
    @TempDir
    private Path proc;

    private final String own = ProcessIdentity.CURRENT;

    private String pid;

    @BeforeEach
    void readItsId() {
        pid = own.split("/", -1)[3];
    }

    private Path write(String process, String stat) throws IOException {
        return Files.writeString(Files.createDirectories(proc.resolve(process)).resolve("stat"), stat);
    }

    /** Returns a kernel's line of a process, with the start in its 22nd field. */
    private static String stat(String pid, String start) {
        return pid + " (a) b) S" + " 0".repeat(18) + " " + start + " 0 0\n";
    }

    @Test
    void knowsTheStartOfAProcess() throws IOException {
        write(pid, stat(pid, own.split("/", -1)[4]));

        assertThat(ProcessIdentity.hasEnded(own, proc)).isFalse();
        assertThat(ProcessIdentity.hasEnded(own + "0", proc)).isTrue();
    }

    @Test
    void knowsTheEndOfAProcessWhereThoseOfOthersAreShown() throws IOException {
        write("1", stat("1", "7"));

        assertThat(ProcessIdentity.hasEnded(own, proc)).isTrue();
    }

    @Test
    void doesNotTakeAHiddenProcessAsEnded() {
        assertThat(ProcessIdentity.hasEnded(own, proc)).isFalse();
    }

    @Test
    void doesNotTakeAProcessAsEndedWhoseFileCannotBeRead() throws IOException {
        write("1", stat("1", "7"));
        Files.createDirectories(proc.resolve(pid).resolve("stat"));

        assertThat(ProcessIdentity.hasEnded(own, proc)).isFalse();
    }

    @Test
    void knowsNothingOfAnotherHost() throws IOException {
        write("1", stat("1", "7"));
        String[] parts = own.split("/", -1);
        parts[2] += "-clone";

        assertThat(ProcessIdentity.hasEnded(String.join("/", parts), proc)).isFalse();
    }
}
