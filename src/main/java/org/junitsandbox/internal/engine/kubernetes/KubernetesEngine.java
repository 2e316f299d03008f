package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.PendingStarts;

/** A cluster of Kubernetes: each container is a pod of its own. */
final class KubernetesEngine implements ContainerEngine {

    /** The name of the one container of a pod. */
    static final String CONTAINER = "sandbox";

    static final String NAME_PREFIX = "junit-sandbox-";

    /** How long the cluster may take to create or delete an object. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    /** A cluster that is there answers in much less; one that is not, in no time at all or never. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    /** A node may have to pull the image first. */
    static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    /**
     * For how many containers are started at once and live at once, by default: the sum of a cluster's CPUs is not
     * known to users of a namespace.
     */
    private static final int CPUS = 4;

    private final PodApi api;
    private final PodMaker maker;
    private final PodAttacher attacher;
    private final String namespace;
    private final PodManifest manifest;
    private final ContainerRemover remover;
    private final StartCleanup cleanup;
    private final PodProbe probe;
    private final LeftPods leftPods;
    private final NetworkPolicyGuard guard;
    private final String description;
    private final Optional<String> repository;
    private final Duration callTimeout;

    private KubernetesEngine(
            PodApi api,
            PodMaker maker,
            PodAttacher attacher,
            PodManifest manifest,
            String namespace,
            String name,
            KubernetesSettings settings,
            Duration callTimeout) {
        this.api = api;
        this.maker = maker;
        this.attacher = attacher;
        this.namespace = namespace;
        this.manifest = manifest;
        this.remover = new ContainerRemover(
                maker,
                maker.kind(),
                maker.ifNeverRemoved(),
                "kubectl delete " + maker.kind() + " --namespace " + namespace);
        this.cleanup = new StartCleanup(remover, maker.kind());
        this.probe = new PodProbe(api);
        this.leftPods = new LeftPods(api, maker);
        this.description = name;
        this.guard = new NetworkPolicyGuard(
                api, namespace, settings, new NetworkPolicyControl(api, maker, manifest, remover, cleanup));
        this.repository = Optional.ofNullable(settings.registry());
        this.callTimeout = callTimeout;
    }

    /** Connects to the cluster of the settings, and makes sure that it answers. */
    static KubernetesEngine connect(KubernetesSettings settings) throws EngineException {
        return connect(ClusterAccess.find(settings.context(), settings.namespace()), settings, CALL_TIMEOUT);
    }

    /**
     * Makes sure that a cluster answers.
     *
     * @param callTimeout how long it may take to create or delete an object
     */
    static KubernetesEngine connect(ClusterAccess access, KubernetesSettings settings, Duration callTimeout)
            throws EngineException {
        String namespace = access.namespace();
        PodApi api = new PodApi(access.client(), namespace, callTimeout);
        try {
            String version = api.version(CONNECT_TIMEOUT);
            return new KubernetesEngine(
                    api,
                    settings.isJob() ? new PodJobs(api) : api,
                    new PodAttacher(access),
                    new PodManifest(
                            settings,
                            namespace,
                            PodOwner.find(api, namespace, System.getenv(), PodOwner.NAMESPACE_FILE)),
                    namespace,
                    "Kubernetes " + version + " at " + access.server() + ", namespace " + namespace,
                    settings,
                    callTimeout);
        } catch (EngineException e) {
            access.close();
            throw new EngineException(
                    e.fault() == Fault.INTERRUPTED ? Fault.INTERRUPTED : Fault.UNAVAILABLE,
                    e.getMessage() + ". It is at " + access.server() + ", by " + access.description() + ".",
                    e.getCause());
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int cpus() {
        return CPUS;
    }

    /** The nodes pull images, and nobody can make any here. */
    @Override
    public Optional<ImageStore> images() {
        return Optional.empty();
    }

    @Override
    public Optional<String> repository() {
        return repository;
    }

    @Override
    public AttachedContainer start(ContainerConfig config) throws EngineException {
        leftPods.removeOnce();
        return PendingStarts.run(() -> startNow(config));
    }

    private AttachedContainer startNow(ContainerConfig config) throws EngineException {
        boolean isCutOff = guard.cutsOff(config);
        // Chosen here, so that the pod can be deleted although the cluster did not answer.
        String name = NAME_PREFIX + UUID.randomUUID();
        Pod pod = manifest.of(config, name);
        boolean created = false;
        try {
            maker.create(pod, () -> remover.beside(name));
            created = true;
            String podName = maker.podOf(name);
            PodAttachment streams =
                    attacher.attach(namespace, podName, CONTAINER, new StartCheck(api, podName, START_TIMEOUT));
            AttachWait.end(podName, streams);
            remover.retry();
            return new KubernetesContainer(podName, streams, isCutOff, probe, () -> remover.now(name));
        } catch (EngineException | RuntimeException | Error e) {
            cleanup.after(e, name, created);
            throw e;
        }
    }

    @Override
    public void removeLeftBehind(long sinceNanos) {
        remover.finish(callTimeout.minusNanos(System.nanoTime() - sinceNanos));
    }
}
