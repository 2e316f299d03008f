package org.junitsandbox.internal.engine.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.EngineProvider;

/**
 * Clusters of Kubernetes. It knows nothing of their client itself, which users add: it can be loaded without, and then
 * reports what to add.
 */
public final class KubernetesEngineProvider implements EngineProvider {

    /** The version of the client that the library is built and tested with. */
    static final String CLIENT_VERSION = "8.0.0";

    private static final String CLIENT = "io.fabric8.kubernetes.client.KubernetesClient";

    private static final String TRANSPORT = "io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory";

    /** The answers of this JVM, each found once. Its lock is held while one is looked for. */
    private static final Map<KubernetesSettings, Answer> ANSWERS = new HashMap<>();

    /** An engine, or the reason why it cannot be used. */
    private interface Answer {
        ContainerEngine get() throws EngineException;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public Set<String> settings() {
        return KubernetesSetting.parameters();
    }

    @Override
    public ContainerEngine engine(Map<String, String> settings) throws EngineException {
        KubernetesSettings asked = KubernetesSettings.of(settings);
        synchronized (ANSWERS) {
            Answer answer = ANSWERS.get(asked);
            if (answer == null) {
                answer = find(asked);
                ANSWERS.put(asked, answer);
            }
            return answer.get();
        }
    }

    /** Finds the answer that holds from now on. An interrupt concerns one thread only, and is thrown at once. */
    private static Answer find(KubernetesSettings settings) throws EngineException {
        try {
            requireClient();
            ContainerEngine engine = KubernetesEngine.connect(settings);
            return () -> engine;
        } catch (EngineException e) {
            if (e.fault() == Fault.INTERRUPTED) {
                throw e;
            }
            String message = "No Kubernetes cluster can be used. " + e.getMessage()
                    + "\nThe cluster is looked for once in a JVM.";
            return () -> {
                throw new EngineException(Fault.UNAVAILABLE, message, e.getCause());
            };
        } catch (LinkageError e) {
            return misfit(e);
        }
    }

    private static Answer misfit(LinkageError e) {
        return () -> {
            throw new EngineException(
                    Fault.UNAVAILABLE,
                    "No Kubernetes cluster can be used. The client on the class path does not fit (" + e
                            + "): use version " + CLIENT_VERSION + " of all artifacts of io.fabric8.",
                    e);
        };
    }

    private static void requireClient() throws EngineException {
        try {
            ClassLoader loader = KubernetesEngineProvider.class.getClassLoader();
            Class.forName(CLIENT, false, loader);
            Class.forName(TRANSPORT, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new EngineException(
                    Fault.UNAVAILABLE,
                    "Its client is not on the class path (there is no " + e.getMessage()
                            + "). Add io.fabric8:kubernetes-client:" + CLIENT_VERSION
                            + ", without its dependency io.fabric8:kubernetes-httpclient-vertx-5, and"
                            + " io.fabric8:kubernetes-httpclient-jdk:" + CLIENT_VERSION + ", in scope test.",
                    e);
        }
    }
}
