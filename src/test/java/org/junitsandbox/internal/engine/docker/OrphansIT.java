package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.ProcessIdentity;
import org.testcontainers.DockerClientFactory;

/** Containers that a killed JVM had created but not started. */
class OrphansIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String mark = UUID.randomUUID().toString();

    private String created(String process) {
        Map<String, String> labels = new HashMap<>(Labels.OF_IMAGES);
        labels.put(OwnLabels.PROCESS, process);
        labels.put(mark, "");
        return TestEngine.CLIENT.createContainerCmd("busybox:latest")
                .withCmd("true")
                .withLabels(labels)
                .exec()
                .getId();
    }

    private List<String> left() {
        return TestEngine.CLIENT.listContainersCmd().withShowAll(true).withLabelFilter(List.of(mark)).exec().stream()
                .map(Container::getId)
                .toList();
    }

    @AfterEach
    void removeTheRest() {
        left().forEach(id -> TestEngine.CLIENT.removeContainerCmd(id).withForce(true).exec());
    }

    @Test
    void removesThoseWhoseProcessHasEndedAndNoOthers() throws Exception {
        Process program = new ProcessBuilder("sleep", "1000").start();
        String ended = ProcessIdentity.identity(program.pid()).orElseThrow();
        program.destroyForcibly().waitFor();
        String orphan = created(ended);
        String starting = created(ProcessIdentity.CURRENT);
        String elsewhere = created(ended.replaceFirst("^[^/]*", UUID.randomUUID().toString()));
        String inAnotherContainer = created(ended.replaceFirst("pid:", "pid:1"));
        String unknown = created("unknown");

        start();

        Eventually.await("the orphan is removed", PATIENCE, this::left, ids -> !ids.contains(orphan));
        assertThat(left()).containsExactlyInAnyOrder(starting, elsewhere, inAnotherContainer, unknown);
    }

    /** Starts the first container of a new connection to the engine. */
    private static void start() throws Exception {
        try (AttachedContainer container = OtherEngine.connect(
                        DockerClientFactory.instance().getTransportConfig(), DockerEngine.CALL_TIMEOUT)
                .start(TestEngine.config("cat"))) {
            assertThat(container.state()).isEqualTo(AttachedContainer.State.RUNNING);
        }
    }

    @Test
    void knowsAProcessOfTheSameIdAsAnotherOne() {
        assertThat(ProcessIdentity.hasEnded(ProcessIdentity.CURRENT)).isFalse();
        assertThat(ProcessIdentity.hasEnded(ProcessIdentity.CURRENT + "0")).isTrue();
        assertThat(ProcessIdentity.hasEnded("")).isFalse();
    }

    @Test
    void leavesNoneBehindAtTheEndOfAJvmThatStartsContainers() throws IOException, Exception {
        for (int run = 0; run < 4; run++) {
            StartingJvm jvm = StartingJvm.run(run * 70L);

            Eventually.await("its containers are gone", PATIENCE, jvm::containers, List::isEmpty);
        }
    }
}
