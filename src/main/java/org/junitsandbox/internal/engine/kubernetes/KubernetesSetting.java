package org.junitsandbox.internal.engine.kubernetes;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings of a cluster: their configuration parameters, and how their values are read. */
@SuppressWarnings("ImmutableEnumChecker") // Its functions have no state.
enum KubernetesSetting {
    CONTEXT("context", text -> text),
    NAMESPACE("namespace", SettingText::name),
    PULL_POLICY("pullPolicy", SettingText::pullPolicy),
    IMAGE_PULL_SECRETS("imagePullSecrets", SettingText::names),
    SERVICE_ACCOUNT("serviceAccount", SettingText::name),
    NODE_SELECTOR("nodeSelector", SettingText::labels),
    TOLERATIONS("tolerations", TaintToleration::parseAll),
    LABELS("labels", SettingText::labels),
    ANNOTATIONS("annotations", SettingText::annotations),
    CPU_REQUEST("cpuRequest", SettingText::cpus),
    NETWORK_CUT_IMAGE("networkCutImage", text -> text),
    DEADLINE("deadline", SettingText::duration);

    static final String PREFIX = "sandbox.kubernetes.";

    private final String parameter;
    private final Function<String, Object> reader;

    KubernetesSetting(String name, Function<String, Object> reader) {
        this.parameter = PREFIX + name;
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
