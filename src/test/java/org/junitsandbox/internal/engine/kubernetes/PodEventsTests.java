package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events of a pod show that it will not start. */
class PodEventsTests {

    private static Event event(String type, String reason, int second) {
        return new EventBuilder()
                .withType(type)
                .withReason(reason)
                .withMessage("because of " + reason)
                .withLastTimestamp("2026-01-02T03:04:%02dZ".formatted(second))
                .build();
    }

    private static Event scheduled() {
        return new EventBuilder()
                .withType("Normal")
                .withReason("Scheduled")
                .withNewEventTime("2026-01-02T03:04:01.123456Z")
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FailedCreatePodSandBox", "FailedMount", "FailedAttachVolume"})
    void showWhatANodeFailsToPrepare(String reason) {
        assertThat(PodEvents.obstacle(List.of(event("Warning", reason, 9), scheduled())))
                .contains(reason + ": because of " + reason);
    }

    @Test
    void showWhyAJobHasNoPod() {
        assertThat(PodEvents.refusedPod(List.of(
                        event("Normal", "SuccessfulCreate", 1), event("Warning", "FailedCreate", 2))))
                .contains("because of FailedCreate");
        assertThat(PodEvents.refusedPod(List.of(event("Normal", "SuccessfulCreate", 1))))
                .isEmpty();
    }

    @Test
    void showNoObstacleWhereTheNodeWentOn() {
        assertThat(PodEvents.obstacle(List.of(
                        scheduled(), event("Warning", "FailedCreatePodSandBox", 4), event("Normal", "Pulling", 6))))
                .isEmpty();
        assertThat(PodEvents.obstacle(List.of(
                        event("Normal", "Pulling", 4), event("Warning", "FailedCreatePodSandBox", 4))))
                .isEmpty();
        assertThat(PodEvents.obstacle(List.of())).isEmpty();
    }

    @Test
    void showNoObstacleInAWarningThatHindersNothing() {
        List<Event> events = List.of(event("Normal", "Pulling", 4), event("Warning", "MissingClusterDNS", 20));

        assertThat(PodEvents.obstacle(events)).isEmpty();
        assertThat(PodEvents.warnings(events)).containsExactly("MissingClusterDNS: because of MissingClusterDNS");
    }
}
