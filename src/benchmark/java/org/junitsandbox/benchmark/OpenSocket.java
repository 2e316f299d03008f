package org.junitsandbox.benchmark;

import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The lower bound's side: a bare attached socket. */
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
