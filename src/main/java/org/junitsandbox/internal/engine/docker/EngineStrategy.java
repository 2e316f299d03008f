package org.junitsandbox.internal.engine.docker;

import java.util.Optional;
import java.util.ServiceLoader;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * An engine that a class names: one that users add to Testcontainers, or choose among its own.
 *
 * @param namedBy what names the class, for messages
 * @param type the class
 */
record EngineStrategy(String namedBy, String type) implements NamedEngine {

    private static final String OF_TESTCONTAINERS = "org.testcontainers.dockerclient.";

    /** Whether Testcontainers brings the class, and so may have written by itself that it is to be used. */
    static boolean isOfTestcontainers(String type) {
        return type.startsWith(OF_TESTCONTAINERS);
    }

    /** Returns the class that was added to the class path, if any. */
    static Optional<NamedEngine> onClassPath() {
        // None of Testcontainers' own is instantiated: some log or fail when they are.
        return ServiceLoader.load(DockerClientProviderStrategy.class, loader()).stream()
                .map(provider -> provider.type().getName())
                .filter(type -> !isOfTestcontainers(type))
                .findFirst()
                .map(type -> new EngineStrategy("META-INF/services on the class path", type));
    }

    private static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? EngineStrategy.class.getClassLoader() : ofThread;
    }

    @Override
    public String origin() {
        return "The strategy " + type + " (named by " + namedBy + ")";
    }

    @Override
    public String correction() {
        return "remove it, or set DOCKER_HOST";
    }

    @Override
    public TransportConfig transport() throws UnreachableException {
        try {
            return loader().loadClass(type)
                    .asSubclass(DockerClientProviderStrategy.class)
                    .getConstructor()
                    .newInstance()
                    .getTransportConfig();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new UnreachableException("it found none: " + e, "To use another engine, " + correction() + ".", e);
        }
    }
}
