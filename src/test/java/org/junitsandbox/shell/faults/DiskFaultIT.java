package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.SandboxLostException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellAccess;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** A full disk of the engine, which a trusted sandbox can cause, while other sandboxes work. */
@Timeout(120)
class DiskFaultIT {

    /** Room for the tests' images, for what the engine writes about each container, and a rest to fill. */
    private static final int DISK_MIB = 1024;

    @Order(1)
    @RegisterExtension
    static final DedicatedEngine ENGINE =
            new DedicatedEngine("disk", Map.of("ENGINE_DATA_MIB", String.valueOf(DISK_MIB)));

    @Order(2)
    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-disk", ENGINE);

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Fills the disk. As that is a memory file system, the data counts as the sandbox's memory. */
    private static final SandboxSpec FILLING = FaultScenario.SPEC
            .profile(Profile.TRUSTED.network("none"))
            .limits(ResourceLimits.DEFAULT.memory(2 * DISK_MIB + "MiB"));

    private static Bystanders bystanders;

    @BeforeAll
    static void start() throws Exception {
        bystanders = new Bystanders(ENGINE.connect(LIMIT));
    }

    @AfterAll
    static void stop() throws Exception {
        bystanders.close();
        LeakCheck.assertNoThreads();
    }

    @Test
    @DisplayName("disk of the engine full")
    void reportsAFullDiskToThoseThatNeedIt() throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        ContainerEngine engine = ENGINE.connect(LIMIT);
        // A container that is cleaned in place needs no room on the disk.
        try (Shell working = ShellAccess.open(FaultScenario.SPEC.recycle(false), engine)) {
            try (Shell filling = ShellAccess.open(FILLING, engine)) {
                CommandResult full = filling.run(Command.of("cat /dev/zero >/full").timeLimit("60s"));
                assertThat(full.outcome()).isEqualTo(new Outcome.Exited(1));
                assertThat(full.stderr()).contains("No space left on device");

                assertReportsFullDisk(() -> ShellAccess.open(FaultScenario.SPEC, engine).close());
                working.copyIn(FaultPoint.content(), "file");
                assertThat(working.copyOut("file")).isEqualTo(FaultPoint.content());
                assertReportsFullDisk(working::reset);
                assertThatThrownBy(() -> working.run("true"))
                        .isInstanceOf(SandboxLostException.class)
                        .hasMessageContaining("its container was removed at a reset, which then failed");
                bystanders.assertTheyContinue(LIMIT);
                assertThat(filling.run("echo alive").stdout()).isEqualTo("alive\n");
            }
            working.reset();
            assertThat(working.run("echo again").stdout()).isEqualTo("again\n");
            bystanders.assertTheyContinue(LIMIT);
        }
        leakCheck.assertNone();
    }

    private static void assertReportsFullDisk(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isExactlyInstanceOf(EngineFailureException.class)
                .hasMessageStartingWith("No sandbox from image busybox:latest: The engine could not ")
                .hasMessageContaining("no space left on device");
    }
}
