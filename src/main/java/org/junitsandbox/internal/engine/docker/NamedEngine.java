package org.junitsandbox.internal.engine.docker;

import org.testcontainers.dockerclient.TransportConfig;

/** An engine that a user has named: that one is used, or none. */
interface NamedEngine {

    /** What names it, and by which address, for messages: "DOCKER_HOST is tcp://127.0.0.1:2375". */
    String origin();

    /** How to name another one, for messages, without a full stop: "correct or remove DOCKER_HOST". */
    String correction();

    /** Returns where it is, and how to connect to it. */
    TransportConfig transport() throws UnreachableException;
}
