package org.junitsandbox.benchmark.report;

import java.util.List;
import java.util.stream.Stream;
import org.junitsandbox.benchmark.ClusterBenchmark;
import org.junitsandbox.benchmark.CopyBenchmark;
import org.junitsandbox.benchmark.DockerProgram;
import org.junitsandbox.benchmark.Engine;
import org.junitsandbox.benchmark.OutputBenchmark;
import org.junitsandbox.benchmark.ParallelBenchmark;

/** All sections of the report. */
final class Topics {

    private static final String OURS = "junit-sandbox";
    private static final String BARE = "bare attached socket";

    private static final String BARE_WEB_SOCKET = "bare attached WebSocket";

    static final List<Topic> ALL =
            List.of(
                    commands(),
                    testClass(),
                    reset(),
                    cleanUp(),
                    start(),
                    jvmStart(),
                    output(),
                    copies(),
                    parallel(),
                    growth(),
                    cluster(),
                    clusterOutput(),
                    clusterStart(),
                    clusterTestClass());

    private Topics() {}

    private static Topic commands() {
        return new Topic(
                "commands",
                "A short command",
                "`true`, a built-in of the shell, and the program `/bin/true`, from the call to its result.",
                2,
                Topic.Scale.LOGARITHMIC,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                Stream.of("true", "/bin/true")
                        .flatMap(command -> Stream.of(
                                Row.of(BARE + ", `" + command + "`", "RunBenchmark.bareAttachedSocket", command),
                                Row.of(OURS + ", `" + command + "`", "RunBenchmark.junitSandbox", command),
                                Row.of(
                                        "execInContainer, `" + command + "`",
                                        "RunBenchmark.testcontainersExec",
                                        command),
                                Row.of("docker exec, `" + command + "`", "RunBenchmark.dockerExec", command)
                                        .where(DockerProgram::isInstalled)))
                        .toList());
    }

    private static Topic testClass() {
        return new Topic(
                "test-class",
                "50 tests with three commands each",
                "A whole JUnit class in a new JVM. The shared container is cleaned after each test by a fourth"
                        + " command, which removes files and kills processes.",
                3,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.SAMPLES),
                List.of(
                        Row.of(OURS + ", reset per method", "TestClassBenchmark.junitSandbox"),
                        Row.of("Testcontainers, container per method", "TestClassBenchmark.testcontainersPerMethod"),
                        Row.of("Testcontainers, one shared container", "TestClassBenchmark.testcontainersShared")));
    }

    private static Topic reset() {
        return new Topic(
                "reset",
                "Reset, as a test experiences it",
                "From the end of one test's use of its sandbox, which lasts 0.5 s or ends at once, to the end of a"
                        + " first command in the next clean one.",
                1,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                List.of(
                        Row.of("shell.reset(), uses of 0.5 s", "ResetBenchmark.shellReset", "0.5"),
                        Row.of("shell.reset(), back to back", "ResetBenchmark.shellReset", "0"),
                        Row.of("one JUnit method to the next, tests of 0.5 s", "ResetBenchmark.junitMethods", "0.5"),
                        Row.of("one JUnit method to the next, back to back", "ResetBenchmark.junitMethods", "0")));
    }

    private static Topic cleanUp() {
        return new Topic(
                "clean-up",
                "Clean-up of a container",
                "From giving a used sandbox back until its container is proven clean and open as the next one.",
                1,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                Stream.of("nothing", "1,000 files and 50 MB", "100 processes")
                        .map(left -> Row.of(left + " left", "CleanUpBenchmark.junitSandbox", left))
                        .toList());
    }

    private static Topic start() {
        return new Topic(
                "start",
                "Start of a container",
                "No container is started ahead. The steps are those of a default sandbox, by direct calls to the"
                        + " engine; the first four are its whole start. The bare container has no network and one CPU,"
                        + " but otherwise neither limits nor isolation. junit-sandbox and the bare socket include a"
                        + " first `true`.",
                1,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                List.of(
                        Row.of("create", "StartBenchmark.create"),
                        Row.of("attach", "StartBenchmark.attach"),
                        Row.of("start", "StartBenchmark.start"),
                        Row.of("first reply", "StartBenchmark.reply"),
                        Row.of("remove", "StartBenchmark.remove"),
                        Row.of("whole start", "StartBenchmark.whole"),
                        Row.of("whole start, crun", "StartBenchmark.wholeWithCrun")
                                .where(() -> Engine.hasRuntime("crun")),
                        Row.of("whole start, gVisor", "StartBenchmark.wholeWithGvisor")
                                .where(() -> Engine.hasRuntime("runsc")),
                        Row.of(BARE, "StartBenchmark.bareAttachedSocket"),
                        Row.of(OURS, "StartBenchmark.junitSandbox")));
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
                        Row.of(OURS, "JvmStartBenchmark.junitSandbox"),
                        Row.of("Testcontainers", "JvmStartBenchmark.testcontainers")));
    }

    private static Topic output() {
        return new Topic(
                "output",
                "1 GiB of output",
                "`head -c 1073741824 /dev/zero` in a JVM with `-Xmx64m`. junit-sandbox keeps the first"
                        + " 8 MiB, its default; the bare socket keeps nothing.",
                2,
                Topic.Scale.LINEAR,
                List.of(
                        Column.megabytesPerSecond(OutputBenchmark.BYTES),
                        Column.mebibytes("peak heap", "peakHeapBytes"),
                        Column.SAMPLES),
                List.of(
                        Row.of(BARE, "OutputBenchmark.bareAttachedSocket"),
                        Row.of(OURS, "OutputBenchmark.junitSandbox")));
    }

    private static Topic copies() {
        return new Topic(
                "copies",
                "A file of 100 MB in and out",
                "From the host's disk into the container's writable layer and back: `copyIn` and `copyOut` with the"
                        + " profile `TRUSTED` and 1 GiB of memory, and the engine's archive API through docker-java,"
                        + " streamed.",
                2,
                Topic.Scale.LINEAR,
                List.of(Column.megabytesPerSecond(CopyBenchmark.BYTES), Column.SAMPLES),
                List.of(
                        Row.of(OURS + ", in", "CopyBenchmark.inJunitSandbox"),
                        Row.of("archive API, in", "CopyBenchmark.inArchive"),
                        Row.of(OURS + ", out", "CopyBenchmark.outJunitSandbox"),
                        Row.of("archive API, out", "CopyBenchmark.outArchive")));
    }

    private static Topic parallel() {
        return new Topic(
                "parallel",
                "Tests in parallel",
                ParallelBenchmark.TESTS + " tests like those from above with JUnit's fixed parallelism. Containers are"
                        + " counted by the engine's events.",
                1,
                Topic.Scale.LINEAR,
                List.of(
                        new Column("tests per second", measured -> measured.perSecond(ParallelBenchmark.TESTS)),
                        Column.count("max containers at once", "maxContainers"),
                        Column.count("containers made for 100 tests", "containersPer100Tests")),
                Stream.of("1", "2", "4", "8")
                        .map(tests -> Row.of(tests + " at a time", "ParallelBenchmark.junitSandbox", tests))
                        .toList());
    }

    private static Topic cluster() {
        return new Topic(
                "cluster",
                "A short command on Kubernetes",
                "`true` in a pod, where `KUBECONFIG` names a cluster.",
                2,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                List.of(
                        Row.of(BARE_WEB_SOCKET, "ClusterBenchmark.runBare").where(ClusterBenchmark::isGiven),
                        Row.of(
                                        BARE_WEB_SOCKET + " with the library's three markers",
                                        "ClusterBenchmark.runBareWithAllMarkers")
                                .where(ClusterBenchmark::isGiven),
                        Row.of(OURS, "ClusterBenchmark.run").where(ClusterBenchmark::isGiven)));
    }

    private static Topic clusterOutput() {
        return new Topic(
                "cluster-output",
                "100 MiB of output on Kubernetes",
                "`head -c 104857600 /dev/zero` in a pod. The node writes all of it into a log, too.",
                2,
                Topic.Scale.LINEAR,
                List.of(Column.megabytesPerSecond(ClusterBenchmark.BYTES), Column.SAMPLES),
                List.of(
                        Row.of(BARE_WEB_SOCKET, "ClusterBenchmark.outputBare").where(ClusterBenchmark::isGiven),
                        Row.of(OURS, "ClusterBenchmark.output").where(ClusterBenchmark::isGiven)));
    }

    private static Topic clusterStart() {
        return new Topic(
                "cluster-start",
                "Start of a pod on Kubernetes",
                "From nothing to the result of a first `true` in a pod with a network. The bare pod has one CPU, but"
                        + " otherwise neither limits nor isolation.",
                1,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.P95, Column.SAMPLES),
                List.of(
                        Row.of(BARE_WEB_SOCKET, "ClusterBenchmark.startBare").where(ClusterBenchmark::isGiven),
                        Row.of(OURS, "ClusterBenchmark.start").where(ClusterBenchmark::isGiven)));
    }

    private static Topic clusterTestClass() {
        return new Topic(
                "cluster-test-class",
                "50 tests with three commands each, on Kubernetes and on Docker",
                "A whole JUnit class in a new JVM, with a clean sandbox for each test, without a network.",
                3,
                Topic.Scale.LINEAR,
                List.of(Column.MEDIAN, Column.SAMPLES),
                List.of(
                        Row.of("Docker", "TestClassBenchmark.junitSandbox").where(ClusterBenchmark::isGiven),
                        Row.of("Kubernetes", "ClusterBenchmark.testClass").where(ClusterBenchmark::isGiven)));
    }

    private static Topic growth() {
        return new Topic(
                "growth",
                "What remains after many resets",
                "Each row is a separate JVM. Heap after garbage collection, threads and descriptors after the shell was"
                        + " closed, containers also after the JVM ended. The sandbox's memory is what the kernel"
                        + " accounts to the last one, the engine's the resident set of its process.",
                1,
                Topic.Scale.LINEAR,
                List.of(
                        Column.mebibytes("heap", "heapBytes"),
                        Column.mebibytes("sandbox", "sandboxBytes"),
                        Column.mebibytes("engine", "engineBytes"),
                        Column.count("threads", "threads"),
                        Column.count("descriptors", "descriptors"),
                        Column.count("containers of the JVM", "containersOfJvm"),
                        Column.count("containers left", "containersLeft")),
                Stream.of("10", "100", "1000", "10000")
                        .map(resets -> Row.of(resets + " resets", "GrowthBenchmark.junitSandbox", resets))
                        .toList());
    }
}
