package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.protocol.SupervisorRequest.CountOutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Drop;
import org.junitsandbox.internal.protocol.SupervisorRequest.Init;
import org.junitsandbox.internal.protocol.SupervisorRequest.Kill;
import org.junitsandbox.internal.protocol.SupervisorRequest.Open;
import org.junitsandbox.internal.protocol.SupervisorRequest.Own;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.ReadCounters;
import org.junitsandbox.internal.protocol.SupervisorRequest.Recycle;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.protocol.SupervisorRequest.Setup;
import org.junitsandbox.internal.protocol.SupervisorRequest.Slot;
import org.junitsandbox.internal.protocol.SupervisorRequest.Sync;

/** Requests as {@code supervisor.sh} describes them. */
class SupervisorRequestTests {

    private static final Open OPEN = new Open("n0nce", "name", "n3xt", new Ping(0));

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(new Run(7, 3, Slot.NONE, "'true'"), "run 7 3 - 1 'true'"),
                Arguments.of(new Run(7, 3, Slot.NONE, Run.STORED), "run 7 3 - 0 "),
                Arguments.of(new Setup("cd 'a b'"), "setup - - - 1 cd 'a b'"),
                Arguments.of(new Init("'. lib\nset -u'"), "init - - - 2\n'. lib\nset -u'"),
                Arguments.of(new Own(7, OptionalLong.empty(), Slot.INPUT, "'a b'"), "own 7 - in 1 'a b'"),
                Arguments.of(new Own(7, OptionalLong.of(23), Slot.NONE, "'a'"), "own 7 23 - 1 'a'"),
                Arguments.of(new Run(7, 0, Slot.NEXT_INPUT, "'a\nb\n'"), "run 7 0 next 3\n'a\nb\n'"),
                Arguments.of(new Ping(12), "ping 12"),
                Arguments.of(new Sync(12), "sync 12"),
                Arguments.of(new Own(7, OptionalLong.of(Own.AT_ROOT), Slot.NONE, "'a'"), "own 7 0 - 1 'a'"),
                Arguments.of(new Kill(13), "kill 13"),
                Arguments.of(new Recycle(), "recycle"),
                Arguments.of(new Data(Slot.SOURCE, 0), "data text 0 0"),
                Arguments.of(new Data(Slot.INPUT, 65_535), "data in 0 65535"),
                Arguments.of(new Data(Slot.INPUT, 65_536), "data in 1 0"),
                Arguments.of(new Data(Slot.NEXT_INPUT, 140_000), "data next 2 8928"),
                Arguments.of(new Drop(), "drop"),
                Arguments.of(new ReadCounters("t0ken"), "usage t0ken"),
                Arguments.of(new CountOutOfMemoryKills(), "oom"));
    }

    @Test
    void opensASessionWithItsNamesAndAPing() {
        assertThat(OPEN.encode()).isEqualTo("n0nce name n3xt\nping 0");
        assertThat(new RequestReader().read("n0nce name n3xt\nping 0\n".getBytes(UTF_8))).isEqualTo(OPEN);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void encodesARequest(SupervisorRequest request, String text) {
        assertThat(request.encode()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isReadByTheFakesAsItWasSent(SupervisorRequest request, String text) {
        RequestReader reader = new RequestReader();
        reader.read("n0nce name n3xt\nping 0\n".getBytes(UTF_8));

        assertThat(reader.read((text + "\n").getBytes(UTF_8))).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "ping 1", "ping 1 2\n", "run 1 0 - 2 'true'\n", "data out 0 1\n"})
    void isRefusedByTheFakesIfItIsNoRequest(String text) {
        RequestReader reader = new RequestReader();
        reader.read("n0nce name n3xt\nping 0\n".getBytes(UTF_8));

        assertThatThrownBy(() -> reader.read(text.getBytes(UTF_8))).isInstanceOf(AssertionError.class);
    }
}
