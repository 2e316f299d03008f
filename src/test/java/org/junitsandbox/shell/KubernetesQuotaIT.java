package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    private static SandboxPool pool(PoolSize size, boolean asJobs) {
        Map<String, String> settings = new HashMap<>(EngineChoice.ofSystemProperties().settings());
        settings.put("sandbox.kubernetes.namespace", NAMESPACE);
        settings.put("sandbox.kubernetes.job", String.valueOf(asJobs));
        return new SandboxPool(size, new EngineChoice("kubernetes", settings));
    }

    private static String objects() {
        return Cluster.kubectl("get", "pods,jobs", "--namespace", NAMESPACE, "--output", "name");
    }

    static Stream<Arguments> sizes() {
        PoolSize spares = PoolSize.DEFAULT.spares(3);
        return Stream.of(arguments(spares, false), arguments(spares.max(2), false), arguments(spares.max(2), true));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void resetsWithThePodsThatTheQuotaAllows(PoolSize size, boolean asJobs) throws Exception {
        try (SandboxPool pool = pool(size, asJobs);
                Shell shell = pool.open(SPEC.recycle(false))) {
            for (int i = 0; i < 6; i++) {
                String first = Recycling.container(shell);
                assertThat(shell.run("echo >left; echo on").stdout()).isEqualTo("on\n");

                shell.reset();

                assertThat(Recycling.container(shell)).isNotEqualTo(first);
                assertThat(shell.run("ls").stdout()).isEmpty();
            }
        }
        Eventually.await("nothing is left", Duration.ofSeconds(30), KubernetesQuotaIT::objects, String::isBlank);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesTheQuotaAtOnceWhereItAllowsNoMoreSandboxes(boolean asJobs) throws Exception {
        try (SandboxPool pool = pool(PoolSize.DEFAULT.spares(0), asJobs);
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
        Eventually.await("nothing is left", Duration.ofSeconds(30), KubernetesQuotaIT::objects, String::isBlank);
    }
}
