package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the engine that comes item by item. docker-java's own class for that logs every failure with its stack,
 * which its caller reports as well.
 */
final class AnswerStream<T> implements ResultCallback<T> {

    private final Consumer<T> consumer;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile @Nullable Closeable stream;

    /**
     * @param consumer gets each item; what it throws ends the answer
     */
    AnswerStream(Consumer<T> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void onStart(Closeable answer) {
        stream = answer;
    }

    @Override
    public void onNext(T item) {
        try {
            consumer.accept(item);
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    /**
     * Waits for the end of the answer.
     *
     * @throws Exception why it failed
     */
    void await() throws Exception {
        try {
            end.get();
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
