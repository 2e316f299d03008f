package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junitsandbox.internal.text.Excerpt;

/** What the events of one pod, or of the Job that makes it, show of its start. They come in any order. */
final class PodEvents {

    /** What a node fails to prepare; it tries again, and reports other events as soon as it succeeds. */
    private static final Set<String> OBSTACLES =
            Set.of("FailedCreatePodSandBox", "FailedMount", "FailedAttachVolume");

    private static final String REFUSED_POD = "FailedCreate";

    private PodEvents() {}

    /** Returns all that the cluster warns of. */
    static List<String> warnings(List<Event> events) {
        return events.stream()
                .filter(event -> "Warning".equals(event.getType()))
                .map(PodEvents::describe)
                .distinct()
                .toList();
    }

    /** Returns what a node fails to prepare, if nothing else was reported since; empty if it went on. */
    static Optional<String> obstacle(List<Event> events) {
        String last = events.stream().map(PodEvents::time).max(String::compareTo).orElse("");
        List<Event> newest = events.stream().filter(event -> time(event).equals(last)).toList();
        return newest.stream().allMatch(event -> OBSTACLES.contains(String.valueOf(event.getReason())))
                ? newest.stream().map(PodEvents::describe).findFirst()
                : Optional.empty();
    }

    /** Returns why a Job has no pod, in the words of the API server that refused it; empty if nothing is reported. */
    static Optional<String> refusedPod(List<Event> eventsOfJob) {
        return eventsOfJob.stream()
                .filter(event -> REFUSED_POD.equals(event.getReason()))
                .map(event -> Excerpt.line(String.valueOf(event.getMessage())))
                .findFirst();
    }

    /** Returns when an event was last seen, in whole seconds, as the cluster writes it: all by the same rule. */
    private static String time(Event event) {
        return Stream.of(
                        event.getLastTimestamp(),
                        event.getEventTime() == null ? null : event.getEventTime().getTime(),
                        event.getFirstTimestamp())
                .filter(time -> time != null && !time.isBlank())
                .map(time -> String.valueOf(time).replaceFirst("\\.\\d+", ""))
                .findFirst()
                .orElse("");
    }

    private static String describe(Event event) {
        return event.getReason() + ": " + Excerpt.line(String.valueOf(event.getMessage()));
    }
}
