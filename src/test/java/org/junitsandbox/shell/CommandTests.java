package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTests {

    @Test
    void keepsATextUnchanged() {
        String text = " a | b >c\n\t'd' 😀\n";

        assertThat(Command.of(text).text()).isEqualTo(text);
        assertThat(Command.of(text).setup()).isEmpty();
    }

    @Test
    void showsItsTextOnOneLineThatIsFitForAMessage() {
        assertThat(Command.of("printf '\u001B[2J\u202E'\n\tls")).hasToString("printf '\\u001B[2J\\u202E'\\n\\tls");
        assertThat(Command.of("a".repeat(200) + "b".repeat(3_200_000) + "c".repeat(200)))
                .hasToString("a".repeat(200) + "[... 3200000 characters ...]" + "c".repeat(200));
    }

    @Test
    void quotesAProgramAndItsArguments() {
        assertThat(Command.of("my tool", "$x", "it's", "").text()).isEqualTo("'my tool' '$x' 'it'\\''s' ''");
    }

    @Test
    void refusesANulCharacter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("abc\0d\0"))
                .withMessage("The command has a NUL character at index 3, which a shell cannot take."
                        + " To pass binary data, use stdin or copyIn. It reads: abc\\u0000d\\u0000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("cat", "a\0b"))
                .withMessageStartingWith("The command has a NUL character at index 8,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("pwd").directory("a\0b"))
                .withMessageStartingWith("The directory has a NUL character at index 1,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("env").environment("NAME", "\0"))
                .withMessageStartingWith("The value of NAME has a NUL character at index 0,");
    }

    /** The surrogates are written as h (high) and l (low): no file can hold them alone. */
    @ParameterizedTest
    @CsvSource({"h, 0", "l, 0", "abch, 3", "hlh, 2", "hlhx, 2", "hhl, 0", "lh, 0", "hll, 2"})
    void refusesHalfASurrogatePair(String pattern, int index) {
        String text = pattern.replace('h', '\ud83d').replace('l', '\ude00');

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of(text))
                .withMessage("The command has half a surrogate pair at index " + index
                        + ", which stands for no character. It reads: "
                        + pattern.replaceAll("hl", "\ud83d\ude00").replace("h", "\\uD83D").replace("l", "\\uDE00"));
    }

    @Test
    void runsInASubshellWithADirectoryAndAnEnvironment() {
        Command command = Command.of("echo 'hi'\n")
                .environment("B", "it's")
                .environment("A", "$HOME")
                .environment("B", "")
                .directory("-my dir");

        assertThat(command.setup())
                .isEqualTo("\\command export B='' && \\command export A='$HOME' && \\command cd -- './-my dir'");
        assertThat(command.text()).isEqualTo("echo 'hi'\n");
    }

    @Test
    void runsInASubshellWithADirectoryOrAnEnvironment() {
        assertThat(Command.of("pwd").directory("sub").setup()).isEqualTo("\\command cd -- './sub'");
        assertThat(Command.of("env").environment("A", "1").setup()).isEqualTo("\\command export A='1'");
    }

    @Test
    void refusesAnInvalidVariableName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("env").environment("A;reboot", "1"))
                .withMessageStartingWith("\"A;reboot\" is not a variable's name");
    }

    @Test
    void prefersItsOwnTimeLimit() {
        Duration sandboxs = Duration.ofSeconds(30);

        assertThat(Command.of("a").timeLimitOr(sandboxs)).isEqualTo(sandboxs);
        assertThat(Command.of("a").timeLimit("200ms").timeLimitOr(sandboxs)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void refusesATimeLimitThatLeavesNoTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("a").timeLimit(Duration.ZERO))
                .withMessage("The time limit is 0 s: expected more than 0 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("a").timeLimit(Duration.ofMillis(-1)))
                .withMessage("The time limit is -0.001 s: expected more than 0 s");
    }

    @Test
    void prefersItsOwnOutputLimit() {
        assertThat(Command.of("a").outputLimitOr(8 << 20)).isEqualTo(8 << 20);
        assertThat(Command.of("a").outputLimit("1MiB").outputLimitOr(8 << 20)).isEqualTo(1 << 20);
    }

    @Test
    void refusesAnInvalidOutputLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("a").outputLimit("1 MB/s"))
                .withMessageStartingWith("\"1 MB/s\" is not a size: expected ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("a").outputLimit("2GiB"))
                .withMessage("The output limit is 2 GiB: expected 0 B to 1 GiB");
    }

    @Test
    void copiesTheBytesOfStdin() {
        byte[] bytes = {1, 2};
        Command command = Command.of("cat").stdin(bytes);
        bytes[0] = 9;

        assertThat(command.stdin())
                .asInstanceOf(type(Stdin.Bytes.class))
                .extracting(Stdin.Bytes::bytes)
                .isEqualTo(new byte[] {1, 2});
    }

    @Test
    void encodesTextForStdinAsUtf8() {
        assertThat(Command.of("cat").stdin("ä€").stdin())
                .asInstanceOf(type(Stdin.Bytes.class))
                .extracting(Stdin.Bytes::bytes)
                .isEqualTo("ä€".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void usesTheStdinThatWasSetLast() {
        Path file = Path.of("file");

        assertThat(Command.of("cat").stdin("text").stdin(file).stdin()).isEqualTo(new Stdin.File(file));
    }

    @Test
    void leavesTheOriginalUnchanged() {
        Command original = Command.of("cat");
        Command changed = original.stdin("x")
                .directory("sub")
                .environment("A", "1")
                .timeLimit("1s")
                .outputLimit("1KiB")
                .onOutput((stream, bytes) -> {});

        assertThat(changed.directory()).isEqualTo("sub");
        assertThat(changed.listener()).isNotNull();
        assertThat(changed.timeLimitOr(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.outputLimitOr(1)).isEqualTo(1024);
        assertThat(original.directory()).isNull();
        assertThat(original.listener()).isNull();
        assertThat(original.stdin()).isNull();
        assertThat(original.setup()).isEmpty();
        assertThat(original.timeLimitOr(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(original.outputLimitOr(1)).isEqualTo(1);
    }
}
