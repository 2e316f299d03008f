package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.WaitResponse;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the engine's word that a container has ended, or is gone. docker-java's own class for that writes every
 * failure to the log, and that a container is not there any more is none here.
 */
final class ContainerExit implements ResultCallback<WaitResponse> {

    private final CompletableFuture<WaitResponse> end = new CompletableFuture<>();
    private volatile @Nullable Closeable stream;

    @Override
    public void onStart(Closeable answer) {
        stream = answer;
    }

    @Override
    public void onNext(WaitResponse response) {
        end.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.completeExceptionally(new IOException("the engine's answer ended early"));
    }

    /**
     * Waits.
     *
     * @return what the engine says went wrong with that end, a removal that failed for example, or null
     * @throws Exception what the engine answered otherwise
     */
    @Nullable Object await() throws Exception {
        try {
            // docker-java has no method for it.
            return end.get().getRawValues().get("Error");
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
