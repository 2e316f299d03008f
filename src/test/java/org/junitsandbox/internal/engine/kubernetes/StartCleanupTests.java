package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** What is removed after a start that failed, and whether the caller waits for it. */
class StartCleanupTests {

    private final List<String> removed = new CopyOnWriteArrayList<>();

    private final StartCleanup cleanup =
            new StartCleanup(new ContainerRemover(removed::add, "pod", "nothing", "kubectl delete pod"), "pod");

    private static EngineException failure(Throwable cause) {
        return new EngineException(Fault.ENGINE, "no pod", cause);
    }

    private static EngineException refusal() {
        return failure(new KubernetesClientException("forbidden", 403, null));
    }

    @Test
    void leavesNothingOfAPodThatWasCreated() {
        cleanup.after(refusal(), "created", true);

        assertThat(removed).containsExactly("created");
    }

    @Test
    void removesNothingThatTheClusterRefused() {
        cleanup.after(refusal(), "refused", false);

        assertThat(removed).isEmpty();
    }

    @Test
    void removesWhatMayHaveBeenCreated() {
        cleanup.after(failure(new IOException("connection reset")), "unknown", false);
        cleanup.after(new IllegalStateException("the plugin failed", new TimeoutException()), "plugin", false);
        cleanup.after(new NoSuchMethodError(), "client", false);

        assertThat(removed).containsExactly("unknown", "plugin", "client");
    }

    /** For as long as a removal takes, the cluster may not answer. */
    @Test
    void doesNotWaitForAClusterThatDoesNotAnswer() throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        ContainerRemover.Removal silent = name -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw failure(e);
            }
            removed.add(name);
            done.countDown();
        };

        new StartCleanup(new ContainerRemover(silent, "pod", "nothing", "kubectl delete pod"), "pod")
                .after(failure(new TimeoutException()), "late", true);

        assertThat(removed).isEmpty();
        answers.countDown();
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(removed).containsExactly("late");
    }
}
