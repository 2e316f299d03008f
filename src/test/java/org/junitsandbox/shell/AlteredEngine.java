package org.junitsandbox.shell;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;

/** The shared engine, with a change applied to the configuration of each container that it starts. */
final class AlteredEngine implements ContainerEngine {

    private final ContainerEngine engine = Engines.shared();
    private final UnaryOperator<ContainerConfig> change;
    private final List<String> started = new CopyOnWriteArrayList<>();

    AlteredEngine(UnaryOperator<ContainerConfig> change) {
        this.change = change;
    }

    /** Returns the ids of all containers started so far. */
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
    public Optional<ImageStore> images() {
        return engine.images();
    }
}
