package org.junitsandbox.internal.engine.kubernetes;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings of a cluster: their configuration parameters, and how their values are read. */
@SuppressWarnings("ImmutableEnumChecker") // Its functions have no state.
enum KubernetesSetting {
    CONTEXT("sandbox.kubernetes.context", text -> text),
    NAMESPACE("sandbox.kubernetes.namespace", SettingText::name),
    PULL_POLICY("sandbox.kubernetes.pullPolicy", SettingText::pullPolicy),
    IMAGE_PULL_SECRETS("sandbox.kubernetes.imagePullSecrets", SettingText::names),
    SERVICE_ACCOUNT("sandbox.kubernetes.serviceAccount", SettingText::name),
    NODE_SELECTOR("sandbox.kubernetes.nodeSelector", SettingText::labels),
    TOLERATIONS("sandbox.kubernetes.tolerations", TaintToleration::parseAll),
    LABELS("sandbox.kubernetes.labels", SettingText::labels),
    ANNOTATIONS("sandbox.kubernetes.annotations", SettingText::annotations),
    CPU_REQUEST("sandbox.kubernetes.cpuRequest", SettingText::cpus),
    NETWORK_CUT_IMAGE("sandbox.kubernetes.networkCutImage", text -> text),
    NETWORK_POLICY_IMAGE("sandbox.kubernetes.networkPolicyImage", text -> text),
    JOB("sandbox.kubernetes.job", SettingText::truth),
    DEADLINE("sandbox.kubernetes.deadline", SettingText::duration),
    /** Not one of clusters alone: other engines without an image store would need it as well. */
    REGISTRY("sandbox.registry", SettingText::repository);

    private final String parameter;
    private final Function<String, Object> reader;

    KubernetesSetting(String parameter, Function<String, Object> reader) {
        this.parameter = parameter;
        this.reader = reader;
    }

    /** Returns the name of the configuration parameter. */
    String parameter() {
        return parameter;
    }

    static Set<String> parameters() {
        return Arrays.stream(values())
                .map(KubernetesSetting::parameter)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if it is not valid; the message begins with the parameter's name
     */
    Object read(String text) {
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(parameter + ": " + e.getMessage(), e);
        }
    }
}
