package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.ShellKind;

/** Scripts of this machine. */
class ScriptFileIT {

    @TempDir
    private Path folder;

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("it's a script.sh"), text);
    }

    @ParameterizedTest
    @EnumSource
    void hasItsNameItsArgumentsItsStdinAndNoFile(ShellKind kind) throws IOException {
        Path script = script("#!/bin/sh -e\nVAR=1\necho \"$0|$#|$1|$2\"\ncat\nfalse\necho not reached\n");
        try (Shell shell = Shell.open(kind.spec())) {
            CommandResult result = shell.run(Command.script(script, "a b", "").stdin("input\n"));

            assertThat(result).exitedWith(1).hasStdout("it's a script.sh|2|a b|\ninput\n");
            assertThat(shell).changedNothing();
            assertThat(shell.run("echo \"$VAR\"")).hasStdout("\n");
        }
    }

    @Test
    void isRunByTheShellThatItsFirstLineNames() throws IOException {
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            assertThat(shell.run(Command.script(script("#! /usr/bin/env bash\na=(1 2); echo ${a[1]}; exit 3"))))
                    .exitedWith(3)
                    .hasStdout("2\n");
            assertThat(shell.run(Command.script(script("echo ${BASH_VERSION-no bash}")))).hasStdout("no bash\n");
            assertThat(shell.run(Command.script(script("-x")))).exitedWith(127);
            assertThat(shell.run(Command.script(script("#!/bin/sh -\necho $0")))).hasStdout("it's a script.sh\n");
            assertThat(shell.run(Command.script(script("#!/bin/bash --\necho $0")))).hasStdout("it's a script.sh\n");
        }
    }

    @Test
    void isPassedToTheByteUpToItsLimit() throws IOException {
        String end = "\nprintf '%s' '";
        String start = "# " + "x".repeat(ScriptFile.MAX_BYTES - 4 - end.length());
        byte[] text = (start + end + "\u00E9'").getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("large"), text);
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            assertThat(shell.run(Command.script(file))).hasStdoutBytes(new byte[] {(byte) 0xE9});
        }
        Files.write(file, new byte[ScriptFile.MAX_BYTES + 1]);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Command.script(file))
                .withMessage("The script " + file + " is larger than 131070 bytes, the most that a shell can get as an"
                        + " argument. Copy it in, and run it there.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#!/usr/bin/env python3\n", "#!/usr/bin/python3", "#!", "#!/bin/sh\r\n", "#!/bin/env -S sh"})
    void isRefusedIfItIsForAnotherProgram(String text) throws IOException {
        Path script = script(text);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Command.script(script))
                .withMessageStartingWith("The first line of script it's a script.sh names another program than a shell:"
                        + " #!")
                .withMessageEndingWith(". Copy it in with mode 0755, and run it there.");
    }

    @Test
    void isNamedIfItCannotBeRead() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> Command.script(folder.resolve("missing")))
                .withMessage("The script does not exist: " + folder.resolve("missing"));
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> Command.script(folder))
                .withMessageStartingWith("The script cannot be read: ");
    }
}
