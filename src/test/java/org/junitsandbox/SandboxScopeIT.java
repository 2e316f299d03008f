package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.Shell;

/** Which places share a sandbox. */
@SuppressWarnings("NullAway.Init") // fields that an extension sets
class SandboxScopeIT {

    @Sandbox(image = "busybox")
    static class Names {
        @Sandbox(name = "second")
        Shell second;

        @Test
        void test(Shell unnamed, @Sandbox Shell unnamedToo, @Sandbox(name = "second") Shell secondToo) {
            ContainerLog.record("unnamed", unnamed);
            ContainerLog.record("unnamed", unnamedToo);
            ContainerLog.record("second", second);
            ContainerLog.record("second", secondToo);
        }
    }

    @Test
    void distinguishesSandboxesByName() {
        ContainerLog.run(1, Names.class);

        assertThat(ContainerLog.one("unnamed")).isNotEqualTo(ContainerLog.one("second"));
    }

    @Sandbox(image = "busybox")
    static class BothScopes {
        @Sandbox(reset = Reset.CLASS)
        static Shell ofClass;

        @RepeatedTest(2)
        void test(Shell ofTest) {
            ContainerLog.record("class", ofClass);
            ContainerLog.record("tests", ofTest);
        }
    }

    @Test
    void keepsScopesWithOneNameApart() {
        ContainerLog.run(2, BothScopes.class);

        assertThat(ContainerLog.all("tests"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .doesNotContain(ContainerLog.one("class"));
    }

    static class Contradicting {
        @Sandbox(image = "busybox")
        Shell shell;

        @Test
        void test(@Sandbox(image = "busybox", limits = @Limits(memory = "99MiB")) Shell shell) {}

        @AfterEach
        void after() {
            ContainerLog.record("field", shell);
        }
    }

    @Test
    void refusesTwoConfigurationsUnderOneName() {
        assertThat(ContainerLog.failures(Contradicting.class)).singleElement().satisfies(message -> assertThat(message)
                .contains("Two configurations for the sandbox without a name, one of field "
                        + Contradicting.class.getName()
                        + ".shell and one of parameter shell of method " + Contradicting.class.getName() + ".test.")
                .contains("\n  limits.memory: not set and \"99MiB\" (limits.memory of @Sandbox"));
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    static class Outer {
        @BeforeEach
        void before(Shell shell) {
            ContainerLog.record("before", shell);
        }

        @Test
        void test(Shell shell) {
            ContainerLog.record("outer", shell);
        }

        @Nested
        class Sharing {
            @BeforeAll
            static void beforeAll(Shell shell) {
                ContainerLog.record("sharing", shell);
            }

            @Test
            void test(@Sandbox Shell shell) {
                ContainerLog.record("sharing", shell);
            }
        }

        @Nested
        @Sandbox(environment = "A=1")
        class Own {
            @RepeatedTest(2)
            void test(Shell shell) {
                ContainerLog.record("own", shell);
            }
        }

        @Nested
        @Sandbox(reset = Reset.METHOD)
        class Clean {
            @RepeatedTest(2)
            void test(Shell shell) {
                ContainerLog.record("clean", shell);
            }
        }
    }

    @Test
    void sharesTheSandboxOfTheEnclosingClassUnlessTheNestedOneSetsMore() {
        ContainerLog.run(6, Outer.class);

        assertThat(ContainerLog.one("sharing"))
                .isEqualTo(ContainerLog.one("outer"))
                .isNotEqualTo(ContainerLog.one("own"));
        assertThat(ContainerLog.all("clean")).hasSize(2).doesNotHaveDuplicates();
        assertThat(Stream.of("sharing", "outer", "own", "clean").flatMap(name -> ContainerLog.all(name).stream()))
                .as("the outer @BeforeEach receives the same sandbox as each test")
                .containsAll(ContainerLog.all("before"));
    }

    static class OuterWithFields {
        @Sandbox(image = "busybox")
        Shell shell;

        @Sandbox(image = "busybox", name = "class", reset = Reset.CLASS)
        Shell ofClass;

        @Nested
        class Inner {
            @RepeatedTest(2)
            void test() {
                ContainerLog.record("tests", shell);
                ContainerLog.record("class", ofClass);
            }
        }

        @Nested
        class Another {
            @Test
            void test() {
                ContainerLog.record("tests", shell);
                ContainerLog.record("class", ofClass);
            }
        }
    }

    @Test
    void fillsTheFieldsOfEnclosingInstances() {
        ContainerLog.run(3, OuterWithFields.class);

        assertThat(ContainerLog.all("tests"))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .doesNotContain(ContainerLog.one("class"));
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    abstract static class Base {
        @Sandbox
        Shell field;

        @RepeatedTest(2)
        void test(Shell shell) {
            ContainerLog.record(getClass().getSimpleName(), shell);
            ContainerLog.record(getClass().getSimpleName(), field);
        }
    }

    static class First extends Base {}

    static class Second extends Base {}

    @Test
    void givesEachClassThatInheritsAnAnnotationItsOwn() {
        ContainerLog.run(4, First.class, Second.class);

        assertThat(ContainerLog.one("First")).isNotEqualTo(ContainerLog.one("Second"));
    }

    /** Lets tests continue when four of them have a sandbox at the same time. */
    private static final CyclicBarrier TOGETHER = new CyclicBarrier(4);

    @Sandbox(image = "busybox")
    abstract static class Parallel {
        @Sandbox(name = "class", reset = Reset.CLASS)
        Shell ofClass;

        @Sandbox
        Shell field;

        @RepeatedTest(2)
        void test(Shell shell) throws Exception {
            ContainerLog.record("tests", shell);
            ContainerLog.record(ContainerLog.idOf(shell), field);
            ContainerLog.record(getClass().getSimpleName(), ofClass);
            shell.run("x=" + ContainerLog.idOf(shell));
            TOGETHER.await(60, TimeUnit.SECONDS);
            assertThat(shell.run("echo $x").stdout().strip()).isEqualTo(ContainerLog.idOf(field));
        }
    }

    static class ParallelOne extends Parallel {}

    static class ParallelTwo extends Parallel {}

    @Test
    void givesTestsInParallelTheirOwn() {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4",
                "junit.jupiter.execution.parallel.config.fixed.max-pool-size", "8");

        ContainerLog.run(parallel, 4, ParallelOne.class, ParallelTwo.class);

        List<String> tests = ContainerLog.all("tests");
        assertThat(tests).hasSize(4).doesNotHaveDuplicates();
        assertThat(tests).allSatisfy(id -> assertThat(ContainerLog.one(id)).isEqualTo(id));
        assertThat(ContainerLog.one("ParallelOne")).isNotEqualTo(ContainerLog.one("ParallelTwo"));
    }
}
