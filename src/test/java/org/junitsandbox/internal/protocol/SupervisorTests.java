package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisorTests {

    private final List<String> commandLine = Supervisor.commandLine("/bin/bash", "/work");

    @Test
    void theShellRunsTheScriptAndIsToldItselfAndTheHome() {
        assertThat(commandLine).hasSize(5).startsWith("/bin/bash", "-c").endsWith("/bin/bash", "/work");
    }

    @Test
    void theScriptHasNoCommentsAndNoBlankLines() {
        assertThat(commandLine.get(2).lines())
                .isNotEmpty()
                .noneMatch(line -> line.isBlank() || line.strip().startsWith("#"));
    }

    @Test
    void theScriptIsWholeButForThem() {
        assertThat(commandLine.get(2)).startsWith("home=$1\n").endsWith("\nkill_others");
    }
}
