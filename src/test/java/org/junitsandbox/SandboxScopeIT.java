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
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
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
            Seen.note("unnamed", unnamed);
            Seen.note("unnamed", unnamedToo);
            Seen.note("second", second);
            Seen.note("second", secondToo);
        }
    }

    @Test
    void tellsSandboxesApartByName() {
        Seen.run(1, Names.class);

        assertThat(Seen.one("unnamed")).isNotEqualTo(Seen.one("second"));
    }

    @Sandbox(image = "busybox")
    static class BothScopes {
        @Sandbox(reset = Reset.CLASS)
        static Shell ofClass;

        @RepeatedTest(2)
        void test(Shell ofTest) {
            Seen.note("class", ofClass);
            Seen.note("tests", ofTest);
        }
    }

    @Test
    void keepsScopesWithOneNameApart() {
        Seen.run(2, BothScopes.class);

        assertThat(Seen.all("tests")).hasSize(2).doesNotHaveDuplicates().doesNotContain(Seen.one("class"));
    }

    static class Contradicting {
        @Sandbox(image = "busybox")
        Shell shell;

        @Test
        void test(@Sandbox(image = "busybox", limits = @Limits(memory = "99MiB")) Shell shell) {}

        @AfterEach
        void after() {
            Seen.note("field", shell);
        }
    }

    @Test
    void refusesTwoConfigurationsUnderOneName() {
        assertThat(Seen.failures(Contradicting.class)).singleElement().satisfies(message -> assertThat(message)
                .contains("Two configurations for the sandbox without a name, one of field "
                        + Contradicting.class.getName()
                        + ".shell and one of parameter shell of method " + Contradicting.class.getName() + ".test.")
                .contains("\n  limits.memory: nothing said and \"99MiB\" (limits.memory of @Sandbox"));
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    static class Outer {
        @BeforeEach
        void before(Shell shell) {
            Seen.note("before", shell);
        }

        @Test
        void test(Shell shell) {
            Seen.note("outer", shell);
        }

        @Nested
        class Sharing {
            @BeforeAll
            static void beforeAll(Shell shell) {
                Seen.note("sharing", shell);
            }

            @Test
            void test(@Sandbox Shell shell) {
                Seen.note("sharing", shell);
            }
        }

        @Nested
        @Sandbox(environment = "A=1")
        class Own {
            @RepeatedTest(2)
            void test(Shell shell) {
                Seen.note("own", shell);
            }
        }

        @Nested
        @Sandbox(reset = Reset.METHOD)
        class Clean {
            @RepeatedTest(2)
            void test(Shell shell) {
                Seen.note("clean", shell);
            }
        }
    }

    @Test
    void sharesTheSandboxOfTheEnclosingClassUnlessTheNestedOneSaysMore() {
        Seen.run(6, Outer.class);

        assertThat(Seen.one("sharing")).isEqualTo(Seen.one("outer")).isNotEqualTo(Seen.one("own"));
        assertThat(Seen.all("clean")).hasSize(2).doesNotHaveDuplicates();
        assertThat(Stream.of("sharing", "outer", "own", "clean").flatMap(name -> Seen.all(name).stream()))
                .as("what the outer @BeforeEach was given is what each test was given")
                .containsAll(Seen.all("before"));
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
                Seen.note("tests", shell);
                Seen.note("class", ofClass);
            }
        }

        @Nested
        class Another {
            @Test
            void test() {
                Seen.note("tests", shell);
                Seen.note("class", ofClass);
            }
        }
    }

    @Test
    void fillsTheFieldsOfEnclosingInstances() {
        Seen.run(3, OuterWithFields.class);

        assertThat(Seen.all("tests")).hasSize(3).doesNotHaveDuplicates().doesNotContain(Seen.one("class"));
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    abstract static class Base {
        @Sandbox
        Shell field;

        @RepeatedTest(2)
        void test(Shell shell) {
            Seen.note(getClass().getSimpleName(), shell);
            Seen.note(getClass().getSimpleName(), field);
        }
    }

    static class First extends Base {}

    static class Second extends Base {}

    @Test
    void givesEachClassThatInheritsAnAnnotationItsOwn() {
        Seen.run(4, First.class, Second.class);

        assertThat(Seen.one("First")).isNotEqualTo(Seen.one("Second"));
    }

    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    @Sandbox(image = "busybox")
    static class Parameterized {
        @Parameter
        int number;

        @Sandbox
        Shell ofTest;

        @Sandbox(name = "class", reset = Reset.CLASS)
        static Shell ofClass;

        @Test
        void test(@Sandbox(name = "class", reset = Reset.CLASS) Shell shell) {
            Seen.note("class", ofClass);
            Seen.note("class", shell);
            Seen.note("tests", ofTest);
        }
    }

    @Test
    void keepsTheSandboxOfAParameterizedClassForAllItsInvocations() {
        Seen.run(2, Parameterized.class);

        assertThat(Seen.all("tests")).hasSize(2).doesNotHaveDuplicates().doesNotContain(Seen.one("class"));
    }

    /** Lets tests go on when four of them have a sandbox at the same time. */
    private static final CyclicBarrier TOGETHER = new CyclicBarrier(4);

    @Sandbox(image = "busybox")
    abstract static class Parallel {
        @Sandbox(name = "class", reset = Reset.CLASS)
        Shell ofClass;

        @Sandbox
        Shell field;

        @RepeatedTest(2)
        void test(Shell shell) throws Exception {
            Seen.note("tests", shell);
            Seen.note(Seen.idOf(shell), field);
            Seen.note(getClass().getSimpleName(), ofClass);
            shell.run("x=" + Seen.idOf(shell));
            TOGETHER.await(60, TimeUnit.SECONDS);
            assertThat(shell.run("echo $x").stdout().strip()).isEqualTo(Seen.idOf(field));
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

        Seen.run(parallel, 4, ParallelOne.class, ParallelTwo.class);

        List<String> tests = Seen.all("tests");
        assertThat(tests).hasSize(4).doesNotHaveDuplicates();
        assertThat(tests).allSatisfy(id -> assertThat(Seen.one(id)).isEqualTo(id));
        assertThat(Seen.one("ParallelOne")).isNotEqualTo(Seen.one("ParallelTwo"));
    }
}
