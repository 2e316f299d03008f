package org.junitsandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EngineChoiceTests {

    private static EngineChoice choice(Map<String, String> properties) {
        Properties all = new Properties();
        all.putAll(properties);
        return EngineChoice.of(all);
    }

    @Test
    void isDockerWhereNothingIsSet() {
        assertThat(choice(Map.of())).isEqualTo(new EngineChoice("docker", Map.of()));
        assertThat(choice(Map.of("sandbox.engine", " "))).isEqualTo(new EngineChoice("docker", Map.of()));
    }

    @Test
    void takesTheSettingsOfTheChosenEngineOnly() {
        assertThat(choice(Map.of(
                        "sandbox.engine", "rowboat",
                        "sandbox.rowboat.oars", "2",
                        "sandbox.rowboat.sail", "",
                        "sandbox.raft.logs", "9",
                        "sandbox.image", "busybox")))
                .isEqualTo(new EngineChoice("rowboat", Map.of("sandbox.rowboat.oars", "2")));
    }

    @Test
    void takesTheRegistryForAnyEngine() {
        assertThat(choice(Map.of("sandbox.engine", "rowboat", "sandbox.registry", "registry.example/team")))
                .isEqualTo(new EngineChoice("rowboat", Map.of("sandbox.registry", "registry.example/team")));
    }

    @Test
    void refusesABlankName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineChoice(" ", Map.of()))
                .withMessage("The engine's name is blank: expected for example \"docker\"");
    }
}
