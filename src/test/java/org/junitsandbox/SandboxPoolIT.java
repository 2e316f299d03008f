package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.Shell;

/** How many containers a test run starts, and what happens when it needs more than it may start. */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxPoolIT {

    /** Runs fixtures one by one and returns how many containers were made for them. */
    private static int containersOf(int tests, Class<?>... types) {
        return EngineEvents.createdBy(() -> ContainerLog.run(tests, types)).size();
    }

    @Nested
    class StartsNoContainerThatIsNotUsed {

        @Test
        void forOneTest() {
            assertThat(containersOf(1, OneTest.class)).isEqualTo(1);
        }

        @Test
        void forSeveralTestsThatEachTakeOne() {
            assertThat(containersOf(4, FourTests.class)).isEqualTo(4);
        }

        @Test
        void forAClassWithOneForAllTests() {
            assertThat(containersOf(4, OneForAll.class)).isEqualTo(1);
        }

        @Test
        void forTestsWithSandboxesOfDifferentKinds() {
            assertThat(containersOf(2, DifferentTests.class)).isEqualTo(2);
        }

        @Test
        void forTestsOfWhichOneTakesNone() {
            assertThat(containersOf(3, TestsOfWhichOneTakesNone.class)).isEqualTo(2);
        }

        @Test
        void forFieldsOfTests() {
            assertThat(containersOf(2, FieldOfTwoTests.class)).isEqualTo(2);
        }

        @Test
        void whereTheContainerOfTheTestBeforeCanBeProvenClean() {
            Map<String, String> parameters = Map.of("sandbox.recycle", "true", "sandbox.pool.spares", "0");
            List<String> created = EngineEvents.createdBy(
                    () -> ContainerLog.run(parameters, 9, FourTests.class, RepeatedTests.class));

            assertThat(created).hasSize(1);
        }

        @Test
        void whenSparesAreSwitchedOff() {
            List<String> created = EngineEvents.createdBy(
                    () -> ContainerLog.run(Map.of("sandbox.pool.spares", "0"), 5, RepeatedTests.class));

            assertThat(created).hasSize(5);
        }
    }

    @Test
    void startsSparesWhileATemplateRunsAndLeavesNone() {
        // The number of invocations of a template is not known in advance.
        assertThat(containersOf(5, RepeatedTests.class)).isGreaterThan(5);
        assertThat(ContainerLog.all("repeated")).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void letsTestsWaitThatAreMoreThanTheContainers() {
        Map<String, String> parameters = Map.of(
                "sandbox.pool.max", "2",
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

        ContainerLog.run(parameters, 9, FourTests.class, RepeatedTests.class);
    }

    @Test
    void failsATestThatNeedsMoreThanMayLiveAtOnce() {
        String failure = Fixtures.failure(Map.of("sandbox.pool.max", "1"), TwoInOneTest.class);

        assertThat(failure)
                .endsWith("No sandbox from image busybox:latest. There is no container for parameter second of method "
                        + TwoInOneTest.class.getName()
                        + ".wantsTwo. Waiting would never end: at most 1 may live at"
                        + " once (sandbox.pool.max), and all are in use:\n  one by parameter first of method "
                        + TwoInOneTest.class.getName()
                        + ".wantsTwo, which does not end before parameter second of method "
                        + TwoInOneTest.class.getName() + ".wantsTwo gets one more\nRaise sandbox.pool.max, use fewer"
                        + " sandboxes at once in one test, or run fewer tests in parallel.");
    }

    @Test
    void failsATestOfAClassThatKeepsTheOnlyContainer() {
        assertThat(Fixtures.failure(Map.of("sandbox.pool.max", "1"), OneForAllAndOneForEach.class))
                .contains("\n  one by field " + OneForAllAndOneForEach.class.getName()
                        + ".ofAll, which does not end before" + " parameter own of method "
                        + OneForAllAndOneForEach.class.getName() + ".wantsItsOwn gets one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sandbox.pool.spares | -1   | The number of spares is -1: expected 0 or more
            sandbox.pool.max    | 0    | The maximum number of containers is 0: expected 1 or more
            sandbox.pool.max    | many | "many" is not a whole number
            """)
    void namesTheParameterOfASizeThatIsNotValid(String key, String value, String message) {
        assertThat(Fixtures.failure(Map.of(key, value), OneTest.class))
                .endsWith(": Configuration parameter " + key + ": " + message);
    }

    @Sandbox(image = "busybox:latest")
    static class OneTest {
        @Test
        void one(Shell shell) {
            ContainerLog.record("one", shell);
        }
    }

    @Sandbox(image = "busybox:latest")
    static class FourTests {
        @Test
        void one(Shell shell) {
            ContainerLog.record("one", shell);
        }

        @Test
        void two(Shell shell) {
            ContainerLog.record("two", shell);
        }

        @Test
        void three(@Sandbox Shell shell) {
            ContainerLog.record("three", shell);
        }

        @Test
        void four(@Sandbox Shell shell) {
            ContainerLog.record("four", shell);
        }
    }

    @Sandbox(image = "busybox:latest", reset = Reset.CLASS)
    static class OneForAll extends FourTests {
        @Override
        @Test
        void four(@Sandbox Shell shell) {
            ContainerLog.record("four", shell);
        }
    }

    static class DifferentTests {
        @Test
        @Sandbox(image = "busybox:latest")
        void one(Shell shell) {
            ContainerLog.record("one", shell);
        }

        @Test
        void two(@Sandbox(image = "debian:bookworm-slim") Shell shell) {
            ContainerLog.record("two", shell);
        }
    }

    @Sandbox(image = "busybox:latest")
    static class TestsOfWhichOneTakesNone {
        @Test
        void one(Shell shell) {
            ContainerLog.record("one", shell);
        }

        @Test
        void none() {}

        @Test
        void two(Shell shell) {
            ContainerLog.record("two", shell);
        }
    }

    static class FieldOfTwoTests {
        @Sandbox(image = "busybox:latest")
        Shell shell;

        @BeforeEach
        void use() {
            ContainerLog.record("field", shell);
        }

        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Sandbox(image = "busybox:latest")
    static class RepeatedTests {
        @RepeatedTest(5)
        void repeated(Shell shell) {
            ContainerLog.record("repeated", shell);
        }
    }

    @Sandbox(image = "busybox:latest")
    static class TwoInOneTest {
        @Test
        void wantsTwo(@Sandbox(name = "first") Shell first, @Sandbox(name = "second") Shell second) {
            first.run("true");
            second.run("true");
        }
    }

    @Sandbox(image = "busybox:latest")
    static class OneForAllAndOneForEach {
        @Sandbox(reset = Reset.CLASS)
        static Shell ofAll;

        @Test
        void wantsItsOwn(@Sandbox(name = "own") Shell own) {
            own.run("true");
        }
    }
}
