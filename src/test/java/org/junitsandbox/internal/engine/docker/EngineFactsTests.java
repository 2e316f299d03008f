package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineFactsTests {

    @Test
    void readsWhatAnEngineReports() throws IOException {
        EngineFacts facts = EngineFacts.of("{\"ServerVersion\": \"28.5.2\", \"DefaultRuntime\": \"runc\", \"NCPU\": 16,"
                + " \"SystemTime\": \"2026-11-27T01:02:03.5Z\", \"OSType\": \"linux\"}");

        assertThat(facts.version()).isEqualTo("28.5.2");
        assertThat(facts.defaultRuntime()).isEqualTo("runc");
        assertThat(facts.cpus()).isEqualTo(16);
        assertThat(facts.time()).isEqualTo("2026-11-27T01:02:03.5Z");
        assertThat(facts.isWindows()).isFalse();
        assertThat(facts.canPause()).isTrue();
    }

    @Test
    void doesWithoutWhatAnEngineDoesNotReport() throws IOException {
        EngineFacts facts = EngineFacts.of("{}");

        assertThat(facts.version()).isEqualTo("of unknown version");
        assertThat(facts.defaultRuntime()).isNull();
        assertThat(facts.cpus()).isEqualTo(1);
        assertThat(facts.time()).isNull();
        assertThat(facts.isWindows()).isFalse();
        assertThat(facts.canPause()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1e3", "null", "99999999999"})
    void takesANumberOfCpusThatIsNoneForOne(String cpus) throws IOException {
        assertThat(EngineFacts.of("{\"NCPU\": " + cpus + "}").cpus()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 1, false", "true, 2, true", "false, 1, true"})
    void knowsThatARootlessEngineCannotPauseInVersion1(boolean rootless, String version, boolean canPause)
            throws IOException {
        EngineFacts facts =
                EngineFacts.of("{\"Rootless\": " + rootless + ", \"CgroupVersion\": \"" + version + "\"}");

        assertThat(facts.canPause()).isEqualTo(canPause);
    }

    @Test
    void seesThatContainersAreThoseOfWindows() throws IOException {
        assertThat(EngineFacts.of("{\"OSType\": \"windows\"}").isWindows()).isTrue();
    }

    @Test
    void refusesAnAnswerThatIsNoJson() {
        assertThatThrownBy(() -> EngineFacts.of("<html>"))
                .isInstanceOf(IOException.class)
                .hasMessage("its facts are no JSON (not JSON at character 1 of 6)");
    }
}
