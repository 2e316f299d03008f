package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import org.junitsandbox.internal.text.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server has refused a request; the message is its own. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(RefusedException.class);

    private final int status;

    private RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    static RefusedException of(HttpReply reply) throws IOException {
        return new RefusedException(reply.status(), message(reply));
    }

    private static String message(HttpReply reply) throws IOException {
        String body = reply.body().strip();
        String message = messageOf(body);
        return message.isEmpty() ? reply.statusLine() : Excerpt.line(message);
    }

    /** Returns the message of a status in JSON; a text that is not JSON is returned unchanged. */
    static String messageOf(String body) {
        if (body.startsWith("{")) {
            try {
                String message = Serialization.unmarshal(body, Status.class).getMessage();
                return message == null ? "" : message.strip();
            } catch (RuntimeException e) {
                LOG.debug("The server's answer is not a status", e);
            }
        }
        return body;
    }

    /** Returns the status code of HTTP. */
    int status() {
        return status;
    }
}
