package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineCalls;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ProcessIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods that JVMs have left behind: those that have ended, which nobody needs any more, and those whose JVM was one of
 * this machine and has ended.
 */
final class LeftPods {

    private static final Logger LOG = LoggerFactory.getLogger(LeftPods.class);

    private final PodApi api;
    private final AtomicBoolean searched = new AtomicBoolean();

    LeftPods(PodApi api) {
        this.api = api;
    }

    /** Removes them while the caller goes on, at the first call. */
    void removeOnce() {
        if (searched.compareAndSet(false, true)) {
            EngineCalls.beside(this::remove);
        }
    }

    private void remove() {
        try {
            for (Pod pod : api.all()) {
                if (isLeft(pod)) {
                    api.remove(pod.getMetadata().getName());
                    LOG.debug("Pod {} of an earlier run is deleted", pod.getMetadata().getName());
                }
            }
        } catch (EngineException e) {
            LOG.debug("Pods of earlier runs are not deleted, or not all of them", e);
        }
    }

    static boolean isLeft(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        boolean isOwn = PodLabels.SESSION.equals(value(metadata.getLabels(), PodLabels.SESSION_LABEL));
        return !isOwn
                && (PodProblem.hasEnded(pod)
                        || ProcessIdentity.hasEnded(
                                String.valueOf(value(metadata.getAnnotations(), PodLabels.PROCESS_ANNOTATION))));
    }

    private static @Nullable String value(@Nullable Map<String, String> map, String key) {
        return map == null ? null : map.get(key);
    }
}
