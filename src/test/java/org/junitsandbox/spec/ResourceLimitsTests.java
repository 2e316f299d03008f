package org.junitsandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceLimitsTests {

    private static Arguments bad(UnaryOperator<ResourceLimits> change, String message) {
        return arguments(change, message);
    }

    static Stream<Arguments> refusesALimitOutsideItsRange() {
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
    void refusesALimitOutsideItsRange(UnaryOperator<ResourceLimits> change, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(ResourceLimits.DEFAULT))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "a lot"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceLimits.DEFAULT.copyOut(text))
                .withMessageStartingWith("\"" + text + "\" is not a size: ");
    }

    @Test
    void acceptsTheMinimumOfEach() {
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

        assertThat(least.memoryBytes()).isEqualTo(6 << 20);
        assertThat(least.cpus()).isEqualTo(0.01);
        assertThat(least.processes()).isEqualTo(8);
        assertThat(least.openFiles()).isEqualTo(32);
        assertThat(least.commandTime()).isEqualTo(Duration.ofNanos(1));
        assertThat(least.outputBytes()).isEqualTo(1);
        assertThat(least.workBytes()).isEqualTo(4096);
        assertThat(least.tmpBytes()).isEqualTo(4096);
        assertThat(least.inputBytes()).isEqualTo(4096);
        assertThat(least.copyOutBytes()).isEqualTo(1);
    }

    @Test
    void keepsTheOriginalAndTheOtherLimitsOfAChange() {
        ResourceLimits original = ResourceLimits.DEFAULT;
        ResourceLimits changed = original.memory("1GiB");

        assertThat(original.memoryBytes()).isEqualTo(256 << 20);
        assertThat(changed.memoryBytes()).isEqualTo(1 << 30);
        assertThat(changed.memory("256MiB")).isEqualTo(original).hasSameHashCodeAs(original);
    }

    @Test
    void keepsWhatIsInMemoryWithinItWhereItsSizeIsNotSet() {
        ResourceLimits small = ResourceLimits.DEFAULT.memory("32MiB");

        assertThat(List.of(small.workBytes(), small.tmpBytes(), small.inputBytes())).containsOnly(32L << 20);
        assertThat(small.work("16MiB").workBytes()).isEqualTo(16 << 20);
        assertThat(small.memory("1GiB")).isEqualTo(ResourceLimits.DEFAULT.memory("1GiB"));
        assertThat(ResourceLimits.DEFAULT.work("1GiB").workBytes()).isEqualTo(1 << 30);
    }

    static Stream<UnaryOperator<ResourceLimits>> differsInEachLimit() {
        return Stream.of(
                limits -> limits.memory("7MiB"),
                limits -> limits.cpus(7),
                limits -> limits.processes(77),
                limits -> limits.openFiles(77),
                limits -> limits.commandTime("7s"),
                limits -> limits.output("7"),
                limits -> limits.work("7MiB"),
                limits -> limits.tmp("7MiB"),
                limits -> limits.input("7MiB"),
                limits -> limits.copyOut("7"));
    }

    @ParameterizedTest
    @MethodSource
    void differsInEachLimit(UnaryOperator<ResourceLimits> change) {
        ResourceLimits changed = change.apply(ResourceLimits.DEFAULT);

        assertThat(changed).isNotEqualTo(ResourceLimits.DEFAULT);
        assertThat(change.apply(changed.processes(99)))
                .isEqualTo(change.apply(ResourceLimits.DEFAULT.processes(99)))
                .hasSameHashCodeAs(change.apply(changed.processes(99)));
    }

    @Test
    void printsLimitsAsTheyAreWritten() {
        assertThat(ResourceLimits.DEFAULT)
                .hasToString("memory 256 MiB, 1.0 CPU, 128 processes, 1024 open files, 30 s per command,"
                        + " 8 MiB of output, /work 64 MiB, /tmp 64 MiB");
    }
}
