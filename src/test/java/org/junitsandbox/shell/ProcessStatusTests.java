package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content of {@code /proc/PID/stat}, with 52 fields as of proc(5). */
class ProcessStatusTests {

    /** Fields 4 to 52: each holds its own number. */
    static String fields() {
        StringBuilder fields = new StringBuilder();
        for (int field = 4; field <= 52; field++) {
            fields.append(' ').append(field);
        }
        return fields.toString();
    }

    private static byte[] content(String name, String state) {
        return ("17 (" + name + ") " + state + fields() + "\nsleep\0001\000").getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "a b", ") R 1 2 3", "((", "\n18 (x) R 1\n", "\u00ff\u001b", ""})
    void readsEveryName(String name) {
        ProcessStatus status = ProcessStatus.parse(content(name, "S")).orElseThrow();

        assertThat(status.name()).isEqualTo(name.getBytes(ISO_8859_1));
        assertThat(status.pid()).isEqualTo(17);
        assertThat(status.parent()).isEqualTo(4);
        assertThat(status.cpuTime()).isEqualTo(Duration.ofMillis(290));
        assertThat(status.age(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(4_780));
        assertThat(status.length()).isEqualTo(content(name, "S").length - "sleep\0001\000".length());
    }

    @ParameterizedTest
    @CsvSource({"R, RUNNING", "S, SLEEPING", "D, BLOCKED", "T, STOPPED", "t, STOPPED", "Z, ZOMBIE", "I, OTHER"})
    void readsEveryState(String letter, SandboxProcess.State state) {
        assertThat(ProcessStatus.parse(content("x", letter)).orElseThrow().state()).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "17 (sleep) S 1 2 3\n", "x (sleep) S"})
    void isEmptyForSomethingElse(String content) {
        assertThat(ProcessStatus.parse(content.getBytes(ISO_8859_1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Z, 1, true", "Z, 0, true", "Z, 2, false", "S, 1, false"})
    void hasEndedWhenNoOtherThreadRuns(String state, String threads, boolean ended) {
        String content = new String(content("x", state), ISO_8859_1).replaceFirst(" 20 ", " " + threads + " ");

        assertThat(ProcessStatus.parse(content.getBytes(ISO_8859_1)).orElseThrow().hasEnded()).isEqualTo(ended);
    }

    @Test
    void isNotYoungerThanNow() {
        ProcessStatus status = ProcessStatus.parse(content("x", "S")).orElseThrow();

        assertThat(status.age(Duration.ZERO)).isZero();
    }
}
