package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.testcontainers.dockerclient.TransportConfig;

/** Attaches to the streams of containers. */
@FunctionalInterface
interface AttachmentFactory {

    /** Attaches to the streams of a container that was created, by its id. */
    Attachment attach(String container) throws IOException;

    /** Returns the fastest way to attach to containers of the engine that a transport leads to. */
    static AttachmentFactory of(TransportConfig transport) {
        Optional<SocketAddress> address =
                ChannelAttachment.address(transport.getDockerHost(), transport.getSslConfig());
        if (address.isPresent()) {
            return container -> ChannelAttachment.connect(address.get(), path(container));
        }
        DockerHttpClient streams = new ZerodepDockerHttpClient.Builder()
                .dockerHost(transport.getDockerHost())
                .sslConfig(transport.getSslConfig())
                .build();
        return container -> new HijackedAttachment(streams, path(container));
    }

    private static String path(String container) {
        return "/containers/" + container + "/attach?stream=1&stdin=1&stdout=1&stderr=1";
    }
}
