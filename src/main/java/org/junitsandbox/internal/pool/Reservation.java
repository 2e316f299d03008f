package org.junitsandbox.internal.pool;

import org.junitsandbox.internal.engine.ContainerConfig;

/**
 * Entitles to containers of one kind; see {@link ContainerPool#reserve}. It is known by its identity, and what was
 * announced for it is known to the pool only.
 */
public final class Reservation {

    private final ContainerConfig config;

    Reservation(ContainerConfig config) {
        this.config = config;
    }

    ContainerConfig config() {
        return config;
    }
}
