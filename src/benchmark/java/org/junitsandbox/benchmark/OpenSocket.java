package org.junitsandbox.benchmark;

import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A bare attached socket, the lower bound. */
@State(Scope.Benchmark)
public class OpenSocket {

    AttachedSocket socket;

    @Setup
    public void open() throws IOException {
        try (Engine engine = Engine.connect()) {
            socket = new AttachedSocket(engine, Images.DEBIAN);
        }
    }

    @TearDown
    public void close() throws IOException {
        socket.close();
    }
}
