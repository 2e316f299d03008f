package org.junitsandbox;

import org.junitsandbox.spec.EngineChoice;
import org.junitsandbox.spec.SandboxSpec;

/**
 * The names of all configuration parameters, to be set in {@code junit-platform.properties} or in any other way that
 * JUnit knows, such as system properties. Most set what an element of {@link Sandbox} or {@link Limits} sets, where no
 * annotation does.
 *
 * <p>A value is written as in the annotation; constants in upper or lower case, and {@link Sandbox.Flag}s as
 * {@code true} and {@code false}. {@code DEFAULT} is not a value, and a blank parameter is not set. A name in
 * {@code junit-platform.properties} that begins with {@code sandbox.} and is not one of these is an error, and so is a
 * system property whose name is like one of these.
 *
 * @since 0.1
 */
public final class SandboxParameters {

    /** Sets {@link Sandbox#image}: {@value}. */
    public static final String IMAGE = "sandbox.image";

    /** Sets {@link Sandbox#dockerfile}: {@value}. */
    public static final String DOCKERFILE = "sandbox.dockerfile";

    /** Sets {@link Sandbox#pullPolicy}: {@value}. */
    public static final String PULL_POLICY = "sandbox.pullPolicy";

    /**
     * Sets the network of set-up commands and of a Dockerfile's commands: {@value}. Its value is {@code host}, or the
     * name of a network. There is no such element; the system property of this name has the same effect.
     */
    public static final String SETUP_NETWORK = SandboxSpec.SETUP_NETWORK_PROPERTY;

    /**
     * Sets how old an image may be that set-up commands or a Dockerfile made, before it is made once more: {@value}.
     * Its value is a duration such as {@code 7d} or {@code 12h}; without it, any age is accepted. There is no such
     * element; the system property of this name has the same effect.
     */
    public static final String SETUP_MAX_AGE = SandboxSpec.SETUP_MAX_AGE_PROPERTY;

    /** Sets {@link Sandbox#reset}: {@value}. */
    public static final String RESET = "sandbox.reset";

    /** Sets {@link Sandbox#transcript}: {@value}. */
    public static final String TRANSCRIPT = "sandbox.transcript";

    /** Sets {@link Sandbox#keepFiles}: {@value}. */
    public static final String KEEP_FILES = "sandbox.keepFiles";

    /**
     * {@value}: how much of the files of {@code /work} is kept for one sandbox at most, a size such as {@code
     * "64MiB"}; 16 MiB by default. Files that are too large for what is left of that are named in the transcript.
     */
    public static final String KEEP_FILES_MAX = "sandbox.keepFilesMax";

    /** {@value}: {@code true} or {@code false}; see {@link Sandbox#console}. */
    public static final String CONSOLE = "sandbox.console";

    /** Sets {@link Sandbox#profile}: {@value}. */
    public static final String PROFILE = "sandbox.profile";

    /** Sets {@link Sandbox#user}: {@value}. */
    public static final String USER = "sandbox.user";

    /** Sets {@link Sandbox#network}: {@value}. */
    public static final String NETWORK = "sandbox.network";

    /** Sets {@link Sandbox#readOnlyRoot}: {@value}. */
    public static final String READ_ONLY_ROOT = "sandbox.readOnlyRoot";

    /** Sets {@link Sandbox#capabilities}: {@value}. */
    public static final String CAPABILITIES = "sandbox.capabilities";

    /** Sets {@link Sandbox#newPrivileges}: {@value}. */
    public static final String NEW_PRIVILEGES = "sandbox.newPrivileges";

    /** Sets {@link Sandbox#shell}: {@value}. */
    public static final String SHELL = "sandbox.shell";

    /** Sets {@link Sandbox#runtime}: {@value}. */
    public static final String RUNTIME = "sandbox.runtime";

    /** Sets {@link Sandbox#limitCheck}: {@value}. The system property of this name has the same effect. */
    public static final String LIMIT_CHECK = SandboxSpec.LIMIT_CHECK_PROPERTY;

    /** {@value}: {@code true} or {@code false}; see {@link Sandbox#recycle}. */
    public static final String RECYCLE = "sandbox.recycle";

    /** {@value}: {@code on_request} or {@code each_command}; see {@link Sandbox#usage}. */
    public static final String USAGE = "sandbox.usage";

    /** Sets {@link Limits#memory}: {@value}. */
    public static final String MEMORY_LIMIT = "sandbox.limits.memory";

    /** Sets {@link Limits#cpus}: {@value}. */
    public static final String CPUS_LIMIT = "sandbox.limits.cpus";

    /** Sets {@link Limits#processes}: {@value}. */
    public static final String PROCESSES_LIMIT = "sandbox.limits.processes";

    /** Sets {@link Limits#openFiles}: {@value}. */
    public static final String OPEN_FILES_LIMIT = "sandbox.limits.openFiles";

    /** Sets {@link Limits#commandTime}: {@value}. */
    public static final String COMMAND_TIME_LIMIT = "sandbox.limits.commandTime";

    /** Sets {@link Limits#output}: {@value}. */
    public static final String OUTPUT_LIMIT = "sandbox.limits.output";

    /** Sets {@link Limits#work}: {@value}. */
    public static final String WORK_LIMIT = "sandbox.limits.work";

    /** Sets {@link Limits#tmp}: {@value}. */
    public static final String TMP_LIMIT = "sandbox.limits.tmp";

    /** Sets {@link Limits#input}: {@value}. */
    public static final String INPUT_LIMIT = "sandbox.limits.input";

    /** Sets {@link Limits#copyOut}: {@value}. */
    public static final String COPY_OUT_LIMIT = "sandbox.limits.copyOut";

    /**
     * Chooses the kind of container engine that runs all sandboxes of a test run: {@value}. Its value is
     * {@code docker}, the default, or {@code kubernetes}. The system property of this name has the same effect.
     */
    public static final String ENGINE = EngineChoice.PROPERTY;

    /**
     * {@value}: the context in the kubeconfig that names the cluster; its current context by default. The kubeconfig is
     * that of the environment variable {@code KUBECONFIG}, or {@code ~/.kube/config}. Without one, a test run in a
     * cluster uses that one, by its pod's service account.
     */
    public static final String KUBERNETES_CONTEXT = "sandbox.kubernetes.context";

    /** {@value}: the namespace of the pods; the context's by default. */
    public static final String KUBERNETES_NAMESPACE = "sandbox.kubernetes.namespace";

    /**
     * {@value}: when a node pulls an image, {@code Always}, {@code IfNotPresent} or {@code Never};
     * {@code IfNotPresent} by default.
     */
    public static final String KUBERNETES_PULL_POLICY = "sandbox.kubernetes.pullPolicy";

    /** {@value}: names of the secrets with which nodes pull images, separated by commas; none by default. */
    public static final String KUBERNETES_IMAGE_PULL_SECRETS = "sandbox.kubernetes.imagePullSecrets";

    /**
     * {@value}: the service account of the pods; the namespace's default one by default. No container ever gets its
     * token.
     */
    public static final String KUBERNETES_SERVICE_ACCOUNT = "sandbox.kubernetes.serviceAccount";

    /** {@value}: labels that a node must have, {@code "pool=tests,disk=ssd"}; any node by default. */
    public static final String KUBERNETES_NODE_SELECTOR = "sandbox.kubernetes.nodeSelector";

    /**
     * {@value}: taints of nodes that the pods tolerate, as {@code kubectl taint} writes them, separated by commas:
     * {@code "ci=yes:NoSchedule,spot"}; {@code *} is all; none by default.
     */
    public static final String KUBERNETES_TOLERATIONS = "sandbox.kubernetes.tolerations";

    /** {@value}: labels of the pods besides the library's, {@code "team=a,cost=tests"}; none by default. */
    public static final String KUBERNETES_LABELS = "sandbox.kubernetes.labels";

    /** {@value}: annotations of the pods, {@code "sidecar.istio.io/inject=false"}; none by default. */
    public static final String KUBERNETES_ANNOTATIONS = "sandbox.kubernetes.annotations";

    /**
     * {@value}: how much CPU time of a node is set aside for a pod, {@code "50m"} or {@code "0.5"}; the limit by
     * default, which {@link Limits#cpus} sets. With less, more pods fit on a node.
     */
    public static final String KUBERNETES_CPU_REQUEST = "sandbox.kubernetes.cpuRequest";

    /**
     * {@value}: a trusted image with {@code sh} and {@code ip}. With it, a sandbox without a network has none: a
     * container of that image with the capability {@code NET_ADMIN} runs first, and removes the pod's interfaces. None
     * by default.
     */
    public static final String KUBERNETES_NETWORK_CUT_IMAGE = "sandbox.kubernetes.networkCutImage";

    /**
     * {@value}: a trusted image with {@code sh} and {@code nc}. With it, a sandbox without a network has none by a
     * {@code NetworkPolicy}, which the library creates in the namespace. A container of that image runs first, and
     * makes sure that the cluster enforces the policy; a sandbox does not start before. None by default. It cannot be
     * set together with {@link #KUBERNETES_NETWORK_CUT_IMAGE}.
     */
    public static final String KUBERNETES_NETWORK_POLICY_IMAGE = "sandbox.kubernetes.networkPolicyImage";

    /**
     * {@value}: {@code "true"} to have each pod made by a {@code Job}, which the cluster deletes with the pod a minute
     * after its end, also when the tests were killed; {@code "false"} by default. The tests need the rights to
     * {@code create} and {@code delete} {@code jobs}, and to {@code list} {@code events}.
     */
    public static final String KUBERNETES_JOB = "sandbox.kubernetes.job";

    /**
     * {@value}: how long a pod may live, a duration such as {@code "30m"}; {@code "12h"} by default. The cluster ends
     * it then, whatever has become of the tests.
     */
    public static final String KUBERNETES_DEADLINE = "sandbox.kubernetes.deadline";

    /**
     * {@value}: the repository of the images that {@code setup} and {@code dockerfile} make for pods, a registry's
     * address and a path: {@code "registry.example:5000/team/junit-sandbox"}. A Docker engine makes each image once and
     * pushes it there under its hash, and the nodes pull it. None by default: then both are errors on a cluster. It has
     * no effect where the engine {@code docker} is chosen.
     */
    public static final String REGISTRY = EngineChoice.REGISTRY_PROPERTY;

    /**
     * Sets how many containers are started ahead of the tests that need them: {@value}. 0 starts none ahead; see
     * {@link org.junitsandbox.shell.PoolSize} for the default.
     */
    public static final String POOL_SPARES = "sandbox.pool.spares";

    /**
     * Sets how many containers may live at once: {@value}. See {@link org.junitsandbox.shell.PoolSize} for the default.
     */
    public static final String POOL_MAX = "sandbox.pool.max";

    /**
     * Makes tests fail that {@link DisabledWithoutEngine} would skip: {@value}. Its value is {@code true} or
     * {@code false}, the default.
     */
    public static final String REQUIRED = "sandbox.required";

    private SandboxParameters() {}
}
