package org.junitsandbox.benchmark;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.testcontainers.containers.GenericContainer;

/** The side of those who use the engine's exec: a container that Testcontainers started. */
@State(Scope.Benchmark)
public class OpenContainer {

    GenericContainer<?> container;

    @Setup
    public void open() {
        container = Images.container();
        container.start();
    }

    @TearDown
    public void close() {
        container.close();
    }
}
