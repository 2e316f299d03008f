package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of a cluster's settings. */
class KubernetesSettingsTests {

    private static KubernetesSettings settings(String name, String text) {
        return KubernetesSettings.of(Map.of("sandbox.kubernetes." + name, text));
    }

    @Test
    void hasDefaultsThatFitAnyCluster() {
        KubernetesSettings settings = KubernetesSettings.of(Map.of("sandbox.kubernetes.context", " "));

        assertThat(settings.values()).isEmpty();
        assertThat(settings.context()).isNull();
        assertThat(settings.namespace()).isNull();
        assertThat(settings.serviceAccount()).isNull();
        assertThat(settings.cpuRequest()).isNull();
        assertThat(settings.networkCutImage()).isNull();
        assertThat(settings.networkPolicyImage()).isNull();
        assertThat(settings.pullPolicy()).isEqualTo("IfNotPresent");
        assertThat(settings.deadline()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.isJob()).isFalse();
        assertThat(settings.imagePullSecrets()).isEmpty();
        assertThat(settings.tolerations()).isEmpty();
        assertThat(settings.labels()).isEmpty();
    }

    @Test
    void refusesToCheckANetworkThatIsRemoved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesSettings.of(Map.of(
                        "sandbox.kubernetes.networkCutImage", "one", "sandbox.kubernetes.networkPolicyImage", "two")))
                .withMessageStartingWith("sandbox.kubernetes.networkPolicyImage: cannot be set together with"
                        + " sandbox.kubernetes.networkCutImage");
    }

    @Test
    void readsLists() {
        assertThat(settings("imagePullSecrets", "one, two.three").imagePullSecrets())
                .containsExactly("one", "two.three");
        assertThat(settings("nodeSelector", "pool=tests,example.com/fast=").nodeSelector())
                .isEqualTo(Map.of("pool", "tests", "example.com/fast", ""));
        assertThat(settings("annotations", "sidecar.istio.io/inject=false, a.b/c=x=y z").annotations())
                .isEqualTo(Map.of("sidecar.istio.io/inject", "false", "a.b/c", "x=y z"));
    }

    @Test
    void readsTolerationsAsTheyAreWrittenForTaints() {
        assertThat(settings("tolerations", "*,spot,ci=yes:NoSchedule,ci=:NoExecute,gpu:PreferNoSchedule").tolerations())
                .containsExactly(
                        new TaintToleration(null, null, null),
                        new TaintToleration("spot", null, null),
                        new TaintToleration("ci", "yes", "NoSchedule"),
                        new TaintToleration("ci", "", "NoExecute"),
                        new TaintToleration("gpu", null, "PreferNoSchedule"))
                .extracting(TaintToleration::operator)
                .containsExactly("Exists", "Exists", "Equal", "Equal", "Exists");
    }

    @Test
    void readsATruthValue() {
        assertThat(settings("job", "true").isJob()).isTrue();
        assertThat(settings("job", "false").isJob()).isFalse();
    }

    @Test
    void readsAPullPolicyInAnyCase() {
        assertThat(settings("pullPolicy", "ifnotpresent").pullPolicy()).isEqualTo("IfNotPresent");
        assertThat(settings("pullPolicy", "Always").pullPolicy()).isEqualTo("Always");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "namespace        | Team_A          | \"Team_A\" is not the name of an object: expected lower-case letters",
        "serviceAccount   | -x              | \"-x\" is not the name of an object",
        "imagePullSecrets | fine,Not Fine   | \"Not Fine\" is not the name of an object",
        "pullPolicy       | MISSING         | \"MISSING\" is not one of Always, IfNotPresent, Never",
        "nodeSelector     | pool            | \"pool\" is not of the form key=value",
        "nodeSelector     | pool=a b        | \"a b\" is not a valid value of label pool: expected at most 63 letters",
        "labels           | /x=y            | \"/x\" is not a valid key: expected \"name\" or \"example.com/name\"",
        "annotations      | =y              | \"\" is not a valid key",
        "tolerations      | ci=yes:Never    | \"ci=yes:Never\" is not a taint: expected key, key=value, key:EFFECT,",
        "tolerations      | a b:NoSchedule  | \"a b\" is not a valid key",
        "cpuRequest       | half            | \"half\" is not an amount of CPUs: expected \"0.5\" or \"500m\"",
        "job              | yes             | \"yes\" is neither true nor false",
        "deadline         | 10ms            | \"10ms\" is less than a second",
    })
    void refusesWhatIsNotValid(String name, String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(name, text))
                .withMessageStartingWith("sandbox.kubernetes." + name + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "registry.example/team/junit-sandbox", "registry:5000/images", "127.0.0.1:1/a", "team/junit.sandbox_2--x"
    })
    void readsARepository(String text) {
        assertThat(KubernetesSettings.of(Map.of("sandbox.registry", " " + text)).registry())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "images",
        "https://registry.example/team",
        "registry.example:5000",
        "registry.example/",
        "registry.example/team:latest",
        "registry.example/team@sha256:0",
        "registry.example/Team",
        "registry.example//team",
        "registry.example/a b",
        "-registry.example/team"
    })
    void refusesWhatIsNoRepository(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesSettings.of(Map.of("sandbox.registry", text)))
                .withMessage("sandbox.registry: \"" + text + "\" is not a repository of images: expected the address of"
                        + " a registry and a path, as in registry.example:5000/team/junit-sandbox, without a scheme"
                        + " and without a tag");
    }
}
