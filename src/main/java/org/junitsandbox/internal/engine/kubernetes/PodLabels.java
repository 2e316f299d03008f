package org.junitsandbox.internal.engine.kubernetes;

import java.util.HashMap;
import java.util.Map;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.ProcessIdentity;

/** The labels and annotations of pods: those that the user has set, and the library's. */
final class PodLabels {

    /** What the policy that the library brings selects, and its value. */
    static final Map<String, String> NO_NETWORK = Map.of("org.junit-sandbox.network", "none");

    private PodLabels() {}

    /**
     * Returns all labels of a pod: the library's come last, so that it finds its pods.
     *
     * @param noNetwork whether the library's policy selects it
     */
    static Map<String, String> with(Map<String, String> others, boolean noNetwork) {
        Map<String, String> labels = new HashMap<>(others);
        labels.put(OwnLabels.LIBRARY, "true");
        labels.put(OwnLabels.SESSION, OwnLabels.SESSION_ID);
        if (noNetwork) {
            labels.putAll(NO_NETWORK);
        }
        return labels;
    }

    /** Returns all annotations of a pod. */
    static Map<String, String> annotations(Map<String, String> others) {
        Map<String, String> annotations = new HashMap<>(others);
        annotations.put(OwnLabels.PROCESS, ProcessIdentity.CURRENT);
        return annotations;
    }
}
