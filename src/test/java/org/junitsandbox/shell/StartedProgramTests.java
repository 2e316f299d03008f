package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.shell.ProcessStatus.Identity;

/** What a shell reports of a program's processes, between what other processes write. */
class StartedProgramTests {

    private static final String STATUS = " (x) S" + ProcessStatusTests.fields();

    private static final String REPORT = "token=17" + STATUS + "/18" + STATUS + "/19" + STATUS + "\n";

    @Test
    void findsTheProcessesAmongTheOutputOfOthers() {
        assertThat(StartedProgram.find("token", "40\n\n41\nnoise" + REPORT + "42\n43"))
                .hasValueSatisfying(program -> {
                    assertThat(program.pid()).isEqualTo("17");
                    assertThat(program.processes())
                            .containsExactly(new Identity(17, 22), new Identity(18, 22), new Identity(19, 22));
                });
    }

    @Test
    void leavesOutWhatHadEndedBeforeItWasLookedAt() {
        assertThat(StartedProgram.find("token", REPORT.replace("18" + STATUS, "18 (x)")))
                .hasValueSatisfying(program -> assertThat(program.processes())
                        .containsExactly(new Identity(17, 22), new Identity(19, 22)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17\n18\n19\n", "token=17", "token=17 (x)\n", "token=x (x)/1 (x)/2 (x)\n"})
    void findsNoneInSomethingElse(String stdout) {
        assertThat(StartedProgram.find("token", stdout)).isEmpty();
    }

    @Test
    void findsNoneWhereTwoLinesHaveTheToken() {
        assertThat(StartedProgram.find("token", REPORT + REPORT)).isEmpty();
    }

    @Test
    void takesAnotherTokenEachTime() {
        assertThat(TokenLines.newToken()).hasSize(32).isNotEqualTo(TokenLines.newToken());
    }
}
