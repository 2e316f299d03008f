package org.junitsandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResourceLimitsTests {

    private static Arguments bad(UnaryOperator<ResourceLimits> change, String message) {
        return arguments(change, message);
    }

    static Stream<Arguments> aLimitOutsideItsRangeIsRefused() {
        return Stream.of(
                bad(limits -> limits.memory("6291455"), "memory is 6291455 B: expected 6 MiB or more"),
                bad(limits -> limits.cpus(0), "cpus is 0.0: expected 0.01 to 1000000"),
                bad(limits -> limits.cpus(0.009), "cpus is 0.009: expected 0.01 to 1000000"),
                bad(limits -> limits.cpus(-1), "cpus is -1.0: expected 0.01 to 1000000"),
                bad(limits -> limits.cpus(Double.NaN), "cpus is NaN: expected 0.01 to 1000000"),
                bad(limits -> limits.cpus(Double.POSITIVE_INFINITY), "cpus is Infinity: expected 0.01 to 1000000"),
                bad(limits -> limits.processes(7), "processes is 7: expected 8 or more"),
                bad(limits -> limits.openFiles(31), "openFiles is 31: expected 32 or more"),
                bad(limits -> limits.commandTime(Duration.ZERO), "commandTime is 0 s: expected more than 0 s"),
                bad(
                        limits -> limits.commandTime(Duration.ofSeconds(-1)),
                        "commandTime is -1 s: expected more than 0 s"),
                bad(limits -> limits.output("1073741825"), "output is 1073741825 B: expected 0 B to 1 GiB"),
                bad(limits -> limits.work("4095"), "work is 4095 B: expected 4 KiB or more"),
                bad(limits -> limits.tmp("4095"), "tmp is 4095 B: expected 4 KiB or more"),
                bad(limits -> limits.input("4095"), "input is 4095 B: expected 4 KiB to 1 GiB"),
                bad(limits -> limits.input("1073741825"), "input is 1073741825 B: expected 4 KiB to 1 GiB"));
    }

    @ParameterizedTest
    @MethodSource
    void aLimitOutsideItsRangeIsRefused(UnaryOperator<ResourceLimits> change, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(ResourceLimits.DEFAULT))
                .withMessage(message);
    }

    @Test
    void aNegativeSizeIsRefused() {
        Duration time = Duration.ofSeconds(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResourceLimits(1 << 23, 1, 8, 32, time, -1, 4096, 4096, 4096, 0))
                .withMessage("output is -1 B: expected 0 B to 1 GiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResourceLimits(1 << 23, 1, 8, 32, time, 0, 4096, 4096, 4096, -1))
                .withMessage("copyOut is -1 B: expected 0 B or more");
    }

    @Test
    void theLeastOfEachIsAccepted() {
        ResourceLimits least = ResourceLimits.DEFAULT
                .memory("6MiB")
                .cpus(0.01)
                .processes(8)
                .openFiles(32)
                .commandTime("1ns")
                .output("1")
                .work("4KiB")
                .tmp("4KiB")
                .input("4KiB")
                .copyOut("1");

        assertThat(least)
                .isEqualTo(new ResourceLimits(6 << 20, 0.01, 8, 32, Duration.ofNanos(1), 1, 4096, 4096, 4096, 1));
    }

    @Test
    void aChangeLeavesTheOriginalAndTheOtherLimitsAsTheyAre() {
        ResourceLimits original = ResourceLimits.DEFAULT;
        ResourceLimits changed = original.memory("1GiB");

        assertThat(original.memoryBytes()).isEqualTo(256 << 20);
        assertThat(changed.memoryBytes()).isEqualTo(1 << 30);
        assertThat(changed.memory("256MiB")).isEqualTo(original);
    }

    @Test
    void theyReadAsTheyAreWritten() {
        assertThat(ResourceLimits.DEFAULT)
                .hasToString("memory 256 MiB, 1.0 CPU, 128 processes, 1024 open files, 30 s per command,"
                        + " 8 MiB of output, /work 64 MiB, /tmp 64 MiB");
    }
}
