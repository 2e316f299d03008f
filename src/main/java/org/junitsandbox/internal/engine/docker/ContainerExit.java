package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitResponse;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;

/**
 * Waits for the engine's report that a container has ended, or is gone. docker-java's own class for that logs every
 * failure, and here it is not a failure that a container is gone.
 */
final class ContainerExit implements ResultCallback<WaitResponse> {

    private final CompletableFuture<WaitResponse> exit = new CompletableFuture<>();
    private volatile @Nullable Closeable stream;

    /** Whether a call failed because there is no such container any more. */
    static boolean isGone(EngineException failure) {
        // Podman reports it with another status if the container goes during the call.
        return failure.getCause() instanceof NotFoundException
                || (failure.getCause() instanceof InternalServerErrorException
                        && String.valueOf(failure.getMessage()).contains("no such container"));
    }

    @Override
    public void onStart(Closeable answer) {
        stream = answer;
    }

    @Override
    public void onNext(WaitResponse response) {
        exit.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        exit.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        exit.completeExceptionally(new IOException("the engine's answer ended early"));
    }

    /**
     * Waits for the report.
     *
     * @return what the engine reports as gone wrong, a removal that failed for example, or null
     * @throws Exception what the engine answered instead
     */
    @Nullable Object await() throws Exception {
        try {
            // docker-java has no method for it.
            return exit.get().getRawValues().get("Error");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    @Override
    public void close() throws IOException {
        Closeable answer = stream;
        if (answer != null) {
            answer.close();
        }
    }
}
