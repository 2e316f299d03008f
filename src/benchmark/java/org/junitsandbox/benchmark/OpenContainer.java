package org.junitsandbox.benchmark;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.testcontainers.containers.GenericContainer;

/** A container that Testcontainers started, for benchmarks of exec. */
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
