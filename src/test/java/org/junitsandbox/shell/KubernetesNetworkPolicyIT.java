package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ClusterNamespace;
import org.junitsandbox.harness.PolicyEnforcer;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.spec.EngineChoice;
import org.junitsandbox.spec.SandboxSpec;

/** Pods whose network a policy denies, on a cluster whose network plugin does not enforce policies by itself. */
@Timeout(180)
class KubernetesNetworkPolicyIT {

    @RegisterExtension
    static final ClusterNamespace OWN_NAMESPACE = new ClusterNamespace("policy-it");

    private static final String NAMESPACE = OWN_NAMESPACE.name();

    private static final SandboxSpec SPEC = SandboxSpec.of("busybox:latest");

    /** Each test has an engine of its own, which looks for the policy anew: engines differ by their settings. */
    private static SandboxPool pool(String test) {
        return pool(test, "busybox:latest");
    }

    private static SandboxPool pool(String test, String policyImage) {
        Map<String, String> settings = new HashMap<>(EngineChoice.ofSystemProperties().settings());
        settings.put("sandbox.kubernetes.namespace", NAMESPACE);
        settings.put("sandbox.kubernetes.labels", "test=" + test);
        settings.remove("sandbox.kubernetes.networkCutImage");
        settings.put("sandbox.kubernetes.networkPolicyImage", policyImage);
        return new SandboxPool(PoolSize.DEFAULT.spares(0), new EngineChoice("kubernetes", settings));
    }

    private static String apiServer() {
        return Cluster.kubectl(
                "get", "service", "kubernetes", "--namespace", "default", "--output", "jsonpath={.spec.clusterIP}");
    }

    @Test
    void startsNoSandboxWherePoliciesAreNotEnforced() {
        try (SandboxPool pool = pool("unenforced")) {
            assertThatExceptionOfType(SandboxException.class)
                    .isThrownBy(() -> pool.open(SPEC))
                    .withMessageContaining("NetworkPolicy junit-sandbox-no-network denies it")
                    .withMessageContaining("the cluster's network plugin does not enforce such policies")
                    .withMessageContaining("exit code 70");
        }
        assertThat(Cluster.kubectl(
                        "get",
                        "networkpolicy",
                        "junit-sandbox-no-network",
                        "--namespace",
                        NAMESPACE,
                        "--output",
                        "jsonpath={.spec.policyTypes}"))
                .isEqualTo("[\"Ingress\",\"Egress\"]");
    }

    @Test
    void startsNoSandboxWhereNothingCanShowThatThePolicyIsEnforced() {
        try (PolicyEnforcer enforcer = new PolicyEnforcer();
                SandboxPool pool = pool("unknown")) {
            enforcer.denyAll();

            assertThatExceptionOfType(SandboxException.class)
                    .isThrownBy(() -> pool.open(SPEC))
                    .withMessageContaining("Nothing could show that NetworkPolicy junit-sandbox-no-network is enforced")
                    .withMessageContaining("which it does not select does not reach the API server");
        }
        assertNoControlIsLeft();
    }

    /** A deleted pod that has ended is gone at once. */
    private static void assertNoControlIsLeft() {
        assertThat(Cluster.kubectl("get", "pods", "--namespace", NAMESPACE, "--output", "name"))
                .doesNotContain("junit-sandbox-control-");
    }

    @Test
    void blamesTheImageThatLacksNcAndNotTheNetwork() {
        try (SandboxPool pool = pool("no-nc", "debian:bookworm-slim")) {
            assertThatExceptionOfType(SandboxException.class)
                    .isThrownBy(() -> pool.open(SPEC))
                    .withMessageContaining("ended before (Error (exit code 127)). Its image is that of"
                            + " sandbox.kubernetes.networkPolicyImage, which needs sh and nc.");
        }
        assertNoControlIsLeft();
    }

    @Test
    void startsSandboxesThatReachNothingWherePoliciesAreEnforced() {
        try (PolicyEnforcer enforcer = new PolicyEnforcer();
                SandboxPool pool = pool("enforced")) {
            enforcer.deny(NAMESPACE, "org.junit-sandbox.network=none");
            try (Shell shell = pool.open(SPEC)) {
                CommandResult result = shell.run("nc -w 2 " + apiServer() + " 443 </dev/null");
                NetworkUsage network = result.usage().network();

                assertThat(result.exitCode()).isNotZero();
                assertThat(result.stderr()).contains("timed out");
                // The kernel has a route, and counts what is dropped later.
                assertThat(network.tcpConnections().value()).isEqualTo(1);
                assertThat(network.sentPackets().value()).isPositive();
                assertThat(network.withoutRouteIpv4().value()).isZero();

                // The clean-up of a network with interfaces cannot be proven.
                String first = Recycling.container(shell);
                shell.reset();
                assertThat(Recycling.container(shell)).isNotEqualTo(first);
            }
        }
    }

    @Test
    void leavesTheNetworkToSandboxesThatAskForOne() {
        try (SandboxPool pool = pool("unenforced");
                Shell shell = pool.open(SPEC.profile(SPEC.profile().network(null)))) {
            assertThat(shell.run("nc -w 20 " + apiServer() + " 443 </dev/null").exitCode())
                    .isZero();
        }
    }
}
