package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandBegan;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandEnded;
import org.junitsandbox.internal.protocol.SupervisorMessage.CountersRead;
import org.junitsandbox.internal.protocol.SupervisorMessage.DataStored;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.protocol.SupervisorMessage.Killed;
import org.junitsandbox.internal.protocol.SupervisorMessage.LimitsFound;
import org.junitsandbox.internal.protocol.SupervisorMessage.Malformed;
import org.junitsandbox.internal.protocol.SupervisorMessage.OutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellExited;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellGone;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellRenewed;
import org.junitsandbox.internal.protocol.SupervisorMessage.StderrBegan;
import org.junitsandbox.internal.stream.StandardStream;

/** Messages as {@code supervisor.sh} describes them. */
class SupervisorMessageTests {

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(StandardStream.STDOUT, "begin 7 17", new CommandBegan(7, 17)),
                Arguments.of(StandardStream.STDERR, "begin 7", new StderrBegan(7)),
                Arguments.of(StandardStream.STDOUT, "end 7 255", new CommandEnded(7, 255)),
                Arguments.of(StandardStream.STDERR, "end 7 /work/sub dir", new DirectoryReported(7, "/work/sub dir")),
                Arguments.of(StandardStream.STDERR, "end 7 ", new DirectoryReported(7, "")),
                Arguments.of(StandardStream.STDERR, "end 7 0", new DirectoryReported(7, "0")),
                Arguments.of(StandardStream.STDOUT, "exit 137", new ShellExited(137)),
                Arguments.of(StandardStream.STDOUT, "gone 4", new ShellGone(4)),
                Arguments.of(StandardStream.STDOUT, "renewed", new ShellRenewed()),
                Arguments.of(StandardStream.STDOUT, "found Uid: 0\nend", new LimitsFound("Uid: 0\nend")),
                Arguments.of(StandardStream.STDOUT, "pong 5000000000", new Pong(5_000_000_000L)),
                Arguments.of(StandardStream.STDERR, "killed 9", new Killed(9)),
                Arguments.of(StandardStream.STDOUT, "data 0", new DataStored(0)),
                Arguments.of(
                        StandardStream.STDOUT,
                        "usage t0ken\nmemory.failcnt 0\ndev lo: 1\n",
                        new CountersRead("t0ken", "memory.failcnt 0\ndev lo: 1\n")),
                Arguments.of(StandardStream.STDOUT, "usage t0ken\n", new CountersRead("t0ken", "")),
                Arguments.of(StandardStream.STDOUT, "oom 3", new OutOfMemoryKills(3)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void parsesAMessage(StandardStream stream, String text, SupervisorMessage message) {
        assertThat(SupervisorMessage.parse(stream, text)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void encodesWhatItParses(StandardStream stream, String text, SupervisorMessage message) {
        assertThat(message.encode()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nonsense", "nonsense 1", " end 1 0", "END 1 0", "end\t1 0", "endless 1 0"})
    void knowsNoOtherMessage(String text) {
        assertThat(SupervisorMessage.parse(StandardStream.STDOUT, text))
                .isEqualTo(new Malformed(text, "there is no such message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "end",
        "end ",
        "end 1",
        "end 1 ",
        "end 1 x",
        "end x 0",
        "end  0",
        "end 1 0 0",
        "end 99999999999999999999 0",
        "exit",
        "exit x",
        "gone",
        "gone x",
        "pong",
        "pong x",
        "pong 1 ",
        "killed",
        "killed x",
        "data",
        "data x",
        "data 99999999999",
        "oom",
        "oom x"
    })
    void findsAMissingOrBadNumber(String text) {
        assertThat(SupervisorMessage.parse(StandardStream.STDOUT, text))
                .isEqualTo(new Malformed(text, "a number is missing or not valid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "end 1", "end x /work", "end  /work"})
    void findsAMissingOrBadNumberBeforeADirectory(String text) {
        assertThat(SupervisorMessage.parse(StandardStream.STDERR, text))
                .isEqualTo(new Malformed(text, "a number is missing or not valid"));
    }

    @ParameterizedTest
    @EnumSource
    void returnsAMalformedTextAsItCame(StandardStream stream) {
        assertThat(SupervisorMessage.parse(stream, "non sense").encode()).isEqualTo("non sense");
    }
}
