package org.junitsandbox.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;

/** The engine of this machine, made to start other containers than those that it is asked for. */
final class AlteredEngine implements ContainerEngine {

    private final ContainerEngine engine = Engines.shared();
    private final UnaryOperator<ContainerConfig> change;
    private final List<String> started = new CopyOnWriteArrayList<>();

    AlteredEngine(UnaryOperator<ContainerConfig> change) {
        this.change = change;
    }

    /** Returns the ids of all containers that it has started. */
    List<String> started() {
        return started;
    }

    @Override
    public AttachedContainer start(ContainerConfig config) throws EngineException {
        AttachedContainer container = engine.start(change.apply(config));
        started.add(container.id());
        return container;
    }

    @Override
    public void removeLeftBehind(long sinceNanos) {
        engine.removeLeftBehind(sinceNanos);
    }

    @Override
    public String description() {
        return engine.description();
    }

    @Override
    public int cpus() {
        return engine.cpus();
    }

    @Override
    public String localName(String name) throws EngineException {
        return engine.localName(name);
    }

    @Override
    public Optional<String> findImage(String name) throws EngineException {
        return engine.findImage(name);
    }

    @Override
    public String pullImage(String name) throws EngineException {
        return engine.pullImage(name);
    }

    @Override
    public String buildImage(Path dockerfile, String name, @Nullable String network) throws EngineException {
        return engine.buildImage(dockerfile, name, network);
    }

    @Override
    public String commitImage(AttachedContainer container, String name) throws EngineException {
        return engine.commitImage(container, name);
    }
}
