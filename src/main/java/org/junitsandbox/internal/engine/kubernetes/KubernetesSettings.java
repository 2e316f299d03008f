package org.junitsandbox.internal.engine.kubernetes;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a cluster's settings. Immutable; equal settings name the same engine.
 *
 * @param values as {@link KubernetesSetting#read} returns them; what is not set is not there
 */
record KubernetesSettings(Map<KubernetesSetting, Object> values) {

    /** Longer than any run of tests that is not hung. */
    private static final Duration DEADLINE = Duration.ofHours(12);

    KubernetesSettings {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /**
     * Reads the settings.
     *
     * @param texts by names of configuration parameters; others have no effect
     * @throws IllegalArgumentException if one is not valid; the message begins with its name
     */
    static KubernetesSettings of(Map<String, String> texts) {
        Map<KubernetesSetting, Object> values = new EnumMap<>(KubernetesSetting.class);
        for (KubernetesSetting setting : KubernetesSetting.values()) {
            String text = texts.get(setting.parameter());
            if (text != null && !text.isBlank()) {
                values.put(setting, setting.read(text));
            }
        }
        if (values.containsKey(KubernetesSetting.NETWORK_CUT_IMAGE)
                && values.containsKey(KubernetesSetting.NETWORK_POLICY_IMAGE)) {
            throw new IllegalArgumentException(KubernetesSetting.NETWORK_POLICY_IMAGE.parameter()
                    + ": cannot be set together with " + KubernetesSetting.NETWORK_CUT_IMAGE.parameter()
                    + ", which leaves no network to check");
        }
        return new KubernetesSettings(values);
    }

    @Nullable String context() {
        return text(KubernetesSetting.CONTEXT);
    }

    /** Returns null for the context's. */
    @Nullable String namespace() {
        return text(KubernetesSetting.NAMESPACE);
    }

    /** Returns null for none. */
    @Nullable String serviceAccount() {
        return text(KubernetesSetting.SERVICE_ACCOUNT);
    }

    String pullPolicy() {
        String policy = text(KubernetesSetting.PULL_POLICY);
        return policy == null ? "IfNotPresent" : policy;
    }

    /** Returns how much CPU time a node has to have left, as Kubernetes writes it; null for the limit. */
    @Nullable String cpuRequest() {
        return text(KubernetesSetting.CPU_REQUEST);
    }

    /** Returns the image that takes the network from a pod; null for none. */
    @Nullable String networkCutImage() {
        return text(KubernetesSetting.NETWORK_CUT_IMAGE);
    }

    /** Returns the image that checks that a policy takes the network from a pod; null for no such policy. */
    @Nullable String networkPolicyImage() {
        return text(KubernetesSetting.NETWORK_POLICY_IMAGE);
    }

    /** Returns the repository of images that another engine makes; null for none. */
    @Nullable String registry() {
        return text(KubernetesSetting.REGISTRY);
    }

    /** Whether each pod is made by a Job. */
    boolean isJob() {
        return Boolean.TRUE.equals(values.get(KubernetesSetting.JOB));
    }

    /** Returns how long a pod may live. */
    Duration deadline() {
        return values.get(KubernetesSetting.DEADLINE) instanceof Duration deadline ? deadline : DEADLINE;
    }

    List<String> imagePullSecrets() {
        return list(KubernetesSetting.IMAGE_PULL_SECRETS);
    }

    List<TaintToleration> tolerations() {
        return list(KubernetesSetting.TOLERATIONS);
    }

    Map<String, String> nodeSelector() {
        return map(KubernetesSetting.NODE_SELECTOR);
    }

    Map<String, String> labels() {
        return map(KubernetesSetting.LABELS);
    }

    Map<String, String> annotations() {
        return map(KubernetesSetting.ANNOTATIONS);
    }

    private @Nullable String text(KubernetesSetting setting) {
        return (String) values.get(setting);
    }

    @SuppressWarnings("unchecked") // Its reader has made it.
    private <T> List<T> list(KubernetesSetting setting) {
        return (List<T>) values.getOrDefault(setting, List.of());
    }

    @SuppressWarnings("unchecked") // Its reader has made it.
    private Map<String, String> map(KubernetesSetting setting) {
        return (Map<String, String>) values.getOrDefault(setting, Map.of());
    }
}
