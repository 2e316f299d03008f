package org.junitsandbox.internal.engine.kubernetes;

import java.util.concurrent.TimeoutException;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what a failed start has left in the cluster, or may still leave there. Safe for use by several threads. */
final class StartCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(StartCleanup.class);

    private final ContainerRemover remover;
    private final String kind;

    /**
     * @param kind that of the objects that are removed, as kubectl calls it
     */
    StartCleanup(ContainerRemover remover, String kind) {
        this.remover = remover;
        this.kind = kind;
    }

    /**
     * Called after a failure.
     *
     * @param name that of the object that makes the pod
     * @param created whether the cluster has said that it created it
     */
    void after(Throwable failure, String name, boolean created) {
        if (failure instanceof EngineException && failure.getCause() instanceof TimeoutException) {
            // A cluster that does not answer would take as long again for each further call.
            LOG.warn(
                    "{}; {} {} is deleted as soon as the cluster answers, if it exists",
                    failure.getMessage(),
                    kind,
                    name);
            remover.beside(name);
        } else if (created || !(failure instanceof EngineException e && ApiFailure.isRefusal(e))) {
            // A credential plugin can fail at any time; another version of the client can lack what is called.
            remover.now(name);
        }
    }
}
