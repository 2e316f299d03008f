package org.junitsandbox.benchmark.report;

import java.util.List;
import java.util.stream.Stream;
import org.junitsandbox.benchmark.CopyBenchmark;
import org.junitsandbox.benchmark.DockerProgram;
import org.junitsandbox.benchmark.Engine;
import org.junitsandbox.benchmark.OutputBenchmark;
import org.junitsandbox.benchmark.ParallelBenchmark;

/** All that is measured. */
final class Topics {

    private static final String OURS = "junit-sandbox";
    private static final String BARE = "bare attached socket";

    static final List<Topic> ALL =
            List.of(commands(), testClass(), reset(), start(), jvmStart(), output(), copies(), parallel(), growth());

    private Topics() {}

    private static Topic commands() {
        return new Topic(
                "commands",
                "A short command",
                "`true`, which the shell has built in, and the program `/bin/true`, from the call to its result.",
                2,
                Topic.Scale.LOGARITHMIC,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                Stream.of("true", "/bin/true")
                        .flatMap(command -> Stream.of(
                                Side.of(BARE + ", `" + command + "`", "RunBenchmark.bareAttachedSocket", command),
                                Side.of(OURS + ", `" + command + "`", "RunBenchmark.junitSandbox", command),
                                Side.of(
                                        "execInContainer, `" + command + "`",
                                        "RunBenchmark.testcontainersExec",
                                        command),
                                Side.of("docker exec, `" + command + "`", "RunBenchmark.dockerExec", command)
                                        .where(DockerProgram::isPresent)))
                        .toList());
    }

    private static Topic testClass() {
        return new Topic(
                "test-class",
                "50 tests with three commands each",
                "A whole JUnit class in a fresh JVM. The shared container is cleaned after each test by a fourth command, which removes"
                        + " files and ends processes.",
                3,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.SAMPLES),
                List.of(
                        Side.of(OURS + ", reset per method", "TestClassBenchmark.junitSandbox"),
                        Side.of("Testcontainers, container per method", "TestClassBenchmark.testcontainersPerMethod"),
                        Side.of("Testcontainers, one shared", "TestClassBenchmark.testcontainersShared")));
    }

    private static Topic reset() {
        return new Topic(
                "reset",
                "Reset, as a test feels it",
                "From the end of one test's use of its sandbox, which lasts 0.5 s, to the end of a first command in the next clean one.",
                1,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                List.of(
                        Side.of("shell.reset()", "ResetBenchmark.shellReset"),
                        Side.of("from one JUnit method to the next", "ResetBenchmark.junitMethods")));
    }

    private static Topic start() {
        return new Topic(
                "start",
                "Start of a container",
                "Nothing is started ahead. The steps are those of a default sandbox, straight to the engine; its whole start is the first"
                        + " four. The bare container has neither our limits nor our isolation, but one CPU and no network. Ours and the bare"
                        + " one include a first `true`.",
                1,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                List.of(
                        Side.of("create", "StartBenchmark.create"),
                        Side.of("attach", "StartBenchmark.attach"),
                        Side.of("start", "StartBenchmark.start"),
                        Side.of("from there to the first answer", "StartBenchmark.answer"),
                        Side.of("remove", "StartBenchmark.remove"),
                        Side.of("whole start", "StartBenchmark.whole"),
                        Side.of("whole start, crun", "StartBenchmark.wholeWithCrun")
                                .where(() -> Engine.hasRuntime("crun")),
                        Side.of("whole start, gVisor", "StartBenchmark.wholeWithGvisor")
                                .where(() -> Engine.hasRuntime("runsc")),
                        Side.of(BARE, "StartBenchmark.bareAttachedSocket"),
                        Side.of(OURS, "StartBenchmark.junitSandbox")));
    }

    private static Topic jvmStart() {
        return new Topic(
                "jvm-start",
                "From the JVM's start to the first result",
                "A small program that opens one container, runs one command and prints its output, by the wall clock.",
                2,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.SAMPLES),
                List.of(
                        Side.of(OURS, "JvmStartBenchmark.junitSandbox"),
                        Side.of("Testcontainers", "JvmStartBenchmark.testcontainers")));
    }

    private static Topic output() {
        return new Topic(
                "output",
                "1 GiB of output",
                "`head -c 1073741824 /dev/zero` in a JVM with `-Xmx64m`. Ours keeps the first 8 MiB, as by default; the bare socket keeps"
                        + " nothing.",
                2,
                Topic.Scale.LINEAR,
                List.of(
                        Column.megabytesPerSecond(OutputBenchmark.BYTES),
                        Column.mebibytes("peak heap", "peakHeapBytes"),
                        Column.SAMPLES),
                List.of(
                        Side.of(BARE, "OutputBenchmark.bareAttachedSocket"),
                        Side.of(OURS, "OutputBenchmark.junitSandbox")));
    }

    private static Topic copies() {
        return new Topic(
                "copies",
                "A file of 100 MB in and out",
                "From the host's disk into the container's writable layer and back: `copyIn` and `copyOut` with the profile `TRUSTED` and"
                        + " 1 GiB of memory, and the engine's archive API through docker-java, streamed.",
                2,
                Topic.Scale.LINEAR,
                List.of(Column.megabytesPerSecond(CopyBenchmark.BYTES), Column.SAMPLES),
                List.of(
                        Side.of(OURS + ", in", "CopyBenchmark.inJunitSandbox"),
                        Side.of("archive API, in", "CopyBenchmark.inArchive"),
                        Side.of(OURS + ", out", "CopyBenchmark.outJunitSandbox"),
                        Side.of("archive API, out", "CopyBenchmark.outArchive")));
    }

    private static Topic parallel() {
        return new Topic(
                "parallel",
                "Tests in parallel",
                "The 50 tests from above, with JUnit's fixed parallelism. Containers are counted from the engine's events.",
                1,
                Topic.Scale.LINEAR,
                List.of(
                        new Column("tests per second", measured -> measured.perSecond(ParallelBenchmark.TESTS)),
                        Column.count("most containers at once", "mostContainers")),
                Stream.of("1", "2", "4", "8")
                        .map(tests -> Side.of(tests + " at a time", "ParallelBenchmark.junitSandbox", tests))
                        .toList());
    }

    private static Topic growth() {
        return new Topic(
                "growth",
                "What many resets leave behind",
                "Each line is a JVM of its own. Heap after garbage collection, threads and descriptors after the shell was closed,"
                        + " containers also after the JVM's end. The engine's memory is its process's resident set.",
                1,
                Topic.Scale.LINEAR,
                List.of(
                        Column.mebibytes("heap", "heapBytes"),
                        Column.mebibytes("engine", "engineBytes"),
                        Column.count("threads", "threads"),
                        Column.count("descriptors", "descriptors"),
                        Column.count("containers of the JVM", "containersOfJvm"),
                        Column.count("containers left", "containersLeft")),
                Stream.of("10", "100", "1000")
                        .map(resets -> Side.of(resets + " resets", "GrowthBenchmark.junitSandbox", resets))
                        .toList());
    }
}
