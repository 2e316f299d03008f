package org.junitsandbox.benchmark;

import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A bare attached WebSocket, the lower bound on a cluster. */
@State(Scope.Benchmark)
public class OpenWebSocket {

    AttachedWebSocket socket;

    @Setup
    public void open() throws Exception {
        socket = new AttachedWebSocket(Images.DEBIAN);
    }

    @TearDown
    public void close() throws IOException {
        socket.close();
    }
}
