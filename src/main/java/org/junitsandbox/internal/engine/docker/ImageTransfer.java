package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.command.AsyncDockerCmd;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.text.Progress;

/** Has the engine copy one image from or to its registry, with the user's credentials for that. */
final class ImageTransfer {

    private final String what;
    private final String image;
    private final String remedy;

    /**
     * @param what what the engine is to do: "pull image busybox:latest"
     * @param image its name
     * @param remedy what to do if the engine cannot
     */
    ImageTransfer(String what, String image, String remedy) {
        this.what = what;
        this.image = image;
        this.remedy = remedy;
    }

    /**
     * Sends a command and waits for its end. An interrupt ends the transfer.
     *
     * @param command the command
     * @param login gives it credentials
     * @param progress shows how far it is; is closed at the end
     * @param items gets what the engine reports, if that is no error
     */
    <T extends ResponseItem> void run(
            AsyncDockerCmd<?, T> command,
            Consumer<AuthConfig> login,
            Progress progress,
            Consumer<T> items,
            Duration timeout)
            throws EngineException {
        String note = "";
        try (progress) {
            note = login(login);
            BoundedCall.interruptible(what, timeout, () -> {
                try (AnswerStream<T> answer = command.exec(new AnswerStream<>(item -> accept(item, items)))) {
                    answer.await();
                    return true;
                }
            });
        } catch (EngineException e) {
            throw e.fault() == Fault.INTERRUPTED
                    ? e
                    : new EngineException(Fault.IMAGE, e.getMessage() + "\n" + remedy + note, e.getCause());
        }
    }

    /** Returns what to add to the message of a failure. Most images need no credentials. */
    private String login(Consumer<AuthConfig> login) {
        try {
            RegistryCredentials.ofThisProcess()
                    .of(RegistryCredentials.registry(image))
                    .ifPresent(login);
            return "";
        } catch (IOException e) {
            return "\nIt was tried without credentials: " + e.getMessage();
        }
    }

    /** An answer can begin with an error, as Podman's may. */
    private static <T extends ResponseItem> void accept(T item, Consumer<T> items) {
        ResponseItem.ErrorDetail error = item.getErrorDetail();
        if (error != null) {
            throw new DockerClientException(String.valueOf(error.getMessage()));
        }
        items.accept(item);
    }
}
