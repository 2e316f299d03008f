package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Many pods at once, and many sandboxes one after the other: what the JVM needs for them, and gives back. */
class ManyPodsIT {

    private static final int PODS = 60;

    private static final int SANDBOXES = 2_000;

    private static final int WARM_UP = 200;

    private static final String HEADER = "MiB of heap/threads/descriptors: ";

    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("scale");

    private static final SandboxSpec SMALL = SandboxSpec.of("busybox:latest")
            .limits(ResourceLimits.DEFAULT.memory("16MiB").work("4MiB").tmp("4MiB").input("1MiB"));

    @BeforeAll
    static void requireCluster() {
        Cluster.assumeUsed();
    }

    /** What this JVM holds. */
    private record Figures(long heapBytes, long threads, long descriptors) {

        private static final long OTHER_HEAP_BYTES = 8 << 20;

        /** Threads and connections that are kept for later use. */
        private static final int KEPT = 8;

        static Figures now() throws IOException {
            System.gc();
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Figures(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        open.count());
            }
        }

        void assertNoMoreThan(Figures before) {
            assertThat(heapBytes).as("heap").isLessThan(before.heapBytes + OTHER_HEAP_BYTES);
            assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + KEPT);
            assertThat(descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors + KEPT);
        }

        @Override
        public String toString() {
            return (heapBytes >> 20) + "/" + threads + "/" + descriptors;
        }
    }

    @Test
    @DisplayName("60 pods at once")
    void keepsSixtyPodsAtOnce() throws Exception {
        Set<String> podsOfOthers = Cluster.pods();
        Figures before = openAtOnce(1);
        Figures open = openAtOnce(PODS);
        Eventually.await(
                "threads that wait for more work have ended",
                Duration.ofSeconds(90),
                ManagementFactory.getThreadMXBean()::getThreadCount,
                threads -> threads <= before.threads + Figures.KEPT);
        Figures after = Figures.now();

        TABLE.verdict(HEADER + "with 1 pod " + before + ", with 60 " + open + ", after " + after);
        after.assertNoMoreThan(before);
        assertThat(Cluster.pods()).isSubsetOf(podsOfOthers);
    }

    /** Opens shells in as many threads, and closes them. Returns what this JVM held while they were open. */
    private static Figures openAtOnce(int pods) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(pods);
        List<Shell> shells = new CopyOnWriteArrayList<>();
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0).max(pods))) {
            CompletableFuture.allOf(IntStream.range(0, pods)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> shells.add(pool.open(SMALL)), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
            threads.shutdown();
            assertThat(shells.stream().map(Recycling::container).distinct()).hasSize(pods);
            return Figures.now();
        } finally {
            shells.forEach(Shell::close);
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("2,000 sandboxes one after the other")
    void recyclesTwoThousandSandboxes() throws Exception {
        StringBuilder verdict = new StringBuilder(HEADER);
        Set<String> containers = new HashSet<>();
        Figures before;
        Figures after;
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
            use(pool, WARM_UP, containers);
            before = Figures.now();
            verdict.append(WARM_UP).append(": ").append(before);
            for (int done = 500; done <= SANDBOXES; done += 500) {
                use(pool, done == 500 ? 500 - WARM_UP : 500, containers);
                verdict.append(", ").append(done).append(": ").append(Figures.now());
            }
            after = Figures.now();
        }
        TABLE.verdict(verdict + ", in " + containers.size() + " pods");
        after.assertNoMoreThan(before);
        assertThat(containers).hasSizeLessThan(SANDBOXES / 100);
    }

    private static void use(SandboxPool pool, int times, Set<String> containers) {
        for (int i = 0; i < times; i++) {
            try (Shell shell = pool.open(SMALL)) {
                containers.add(Recycling.container(shell));
                assertThat(shell.run("cd /tmp; ls -A /work; echo old >/work/file; sleep 1000 & (exit 7)").stdout())
                        .isEmpty();
            }
        }
    }
}
