package org.junitsandbox.internal.engine;

import java.util.UUID;

/** The labels by which, at any engine, the containers and images of this library can be found. */
public final class OwnLabels {

    /** Marks all that this library has made; its value is {@code true}. */
    public static final String LIBRARY = "org.junit-sandbox";

    /** Marks the containers of one JVM. */
    public static final String SESSION = "org.junit-sandbox.session";

    /** The value of {@link #SESSION} for this JVM. */
    public static final String SESSION_ID = UUID.randomUUID().toString();

    /** Names the process that a container is for, whose end makes an orphan of one that was never started. */
    public static final String PROCESS = "org.junit-sandbox.process";

    private OwnLabels() {}
}
