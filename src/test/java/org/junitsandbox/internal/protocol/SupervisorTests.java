package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorTests {

    private final List<String> commandLine = Supervisor.commandLine("/bin/bash", "/work");

    @Test
    void runsTheStartInTheShellAndPassesShellHomeAndSupervisor() {
        assertThat(commandLine).hasSize(6).startsWith("/bin/bash", "-c");
        assertThat(commandLine.subList(3, 5)).containsExactly("/bin/bash", "/work");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void hasNoCommentsAndNoBlankLinesInAScript(int position) {
        assertThat(commandLine.get(position).lines())
                .isNotEmpty()
                .noneMatch(line -> line.isBlank() || line.strip().startsWith("#"));
    }

    @Test
    void keepsTheRestOfTheScripts() {
        assertThat(commandLine.get(2))
                .startsWith("start_from() {\n")
                .endsWith("\nexec \"$0\" -c \"$2\" \"$0\" \"$1\" ''");
        assertThat(commandLine.get(5)).startsWith("set -f -- ").endsWith("\nkill_others");
    }
}
