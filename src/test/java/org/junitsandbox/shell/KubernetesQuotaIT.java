package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ClusterNamespace;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.spec.EngineChoice;
import org.junitsandbox.spec.SandboxSpec;

/** Pools in a namespace with a quota. */
@Timeout(120)
class KubernetesQuotaIT {

    @RegisterExtension
    static final ClusterNamespace OWN_NAMESPACE = new ClusterNamespace("quota-it");

    private static final String NAMESPACE = OWN_NAMESPACE.name();

    private static final SandboxSpec SPEC = SandboxSpec.of("busybox:latest");

    /** Nothing waits for this: it is far below the time that a pod may take to start. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @BeforeAll
    static void allowTwoPods() {
        Cluster.kubectl("create", "quota", "two", "--namespace", NAMESPACE, "--hard", "pods=2");
    }

    private static SandboxPool pool(PoolSize size) {
        Map<String, String> settings = new HashMap<>(EngineChoice.ofSystemProperties().settings());
        settings.put("sandbox.kubernetes.namespace", NAMESPACE);
        return new SandboxPool(size, new EngineChoice("kubernetes", settings));
    }

    private static String pods() {
        return Cluster.kubectl("get", "pods", "--namespace", NAMESPACE, "--output", "name");
    }

    static Stream<PoolSize> sizes() {
        PoolSize spares = PoolSize.DEFAULT.spares(3);
        return Stream.of(spares, spares.max(2));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void resetsWithThePodsThatTheQuotaAllows(PoolSize size) throws Exception {
        try (SandboxPool pool = pool(size);
                Shell shell = pool.open(SPEC.recycle(false))) {
            for (int i = 0; i < 6; i++) {
                String first = Recycling.container(shell);
                assertThat(shell.run("echo >left; echo on").stdout()).isEqualTo("on\n");

                shell.reset();

                assertThat(Recycling.container(shell)).isNotEqualTo(first);
                assertThat(shell.run("ls").stdout()).isEmpty();
            }
        }
        Eventually.await("no pod is left", Duration.ofSeconds(30), KubernetesQuotaIT::pods, String::isBlank);
    }

    @Test
    void namesTheQuotaAtOnceWhereItAllowsNoMoreSandboxes() throws Exception {
        try (SandboxPool pool = pool(PoolSize.DEFAULT.spares(0));
                Shell first = pool.open(SPEC);
                Shell second = pool.open(SPEC)) {
            long start = System.nanoTime();

            assertThatExceptionOfType(SandboxException.class)
                    .isThrownBy(() -> pool.open(SPEC))
                    .withMessageContaining("exceeded quota: two")
                    .withMessageContaining("Lower sandbox.pool.max");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
            assertThat(first.run("echo 1").stdout()).isEqualTo("1\n");
            assertThat(second.run("echo 2").stdout()).isEqualTo("2\n");
        }
        Eventually.await("no pod is left", Duration.ofSeconds(30), KubernetesQuotaIT::pods, String::isBlank);
    }
}
