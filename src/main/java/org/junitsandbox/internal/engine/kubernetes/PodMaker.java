package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;

/**
 * Has the cluster make pods, each by an object of the pod's name, with whose removal the pod is deleted. Safe for use
 * by several threads.
 */
interface PodMaker extends ContainerRemover.Removal {

    /** Returns the kind of the objects, as kubectl calls it: "pod". */
    String kind();

    /** Returns what follows if an object is never removed, for messages. */
    String ifNeverRemoved();

    /**
     * Creates the object for a pod.
     *
     * @param late called if it may be created after the time limit: removes it
     * @throws EngineException for want of room if a quota allows no more objects
     */
    void create(Pod pod, Runnable late) throws EngineException;

    /**
     * Returns the name of the pod that an object stands for, as soon as the cluster has made it.
     *
     * @param name the object's
     * @throws EngineException for want of room if a quota allows no more pods
     */
    String podOf(String name) throws EngineException;

    /** Returns all objects, of any JVM, for which there is no pod. */
    List<ObjectMeta> withoutPod() throws EngineException;
}
