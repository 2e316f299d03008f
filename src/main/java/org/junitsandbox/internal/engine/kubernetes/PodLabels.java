package org.junitsandbox.internal.engine.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junitsandbox.internal.engine.ProcessIdentity;

/** The labels by which the pods of this library are found. */
final class PodLabels {

    /** Marks all pods of this library. */
    static final String LIBRARY = "org.junit-sandbox";

    /** Marks the pods of one JVM. */
    static final String SESSION_LABEL = "org.junit-sandbox.session";

    static final String SESSION = UUID.randomUUID().toString();

    /** The process that a pod is for. Its end makes an orphan of one whose container waits for it. */
    static final String PROCESS_ANNOTATION = "org.junit-sandbox.process";

    private PodLabels() {}

    /** Returns all labels of a pod: the library's come last, so that it finds its pods. */
    static Map<String, String> with(Map<String, String> others) {
        Map<String, String> labels = new HashMap<>(others);
        labels.put(LIBRARY, "true");
        labels.put(SESSION_LABEL, SESSION);
        return labels;
    }

    /** Returns all annotations of a pod. */
    static Map<String, String> annotations(Map<String, String> others) {
        Map<String, String> annotations = new HashMap<>(others);
        annotations.put(PROCESS_ANNOTATION, ProcessIdentity.CURRENT);
        return annotations;
    }
}
