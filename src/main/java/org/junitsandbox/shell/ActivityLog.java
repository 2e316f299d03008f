package org.junitsandbox.shell;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sandbox was asked to do in some time: how much, how long it took, and the last of it by name. */
final class ActivityLog {

    /** A loop of commands must not fill this JVM's memory. */
    private static final int MAX_NAMES = 50;

    private final Deque<Activity> last = new ArrayDeque<>();
    private int count;
    private Duration time = Duration.ZERO;

    /** Notes a request. One activity may need several; an equal one is another. */
    @SuppressWarnings("ReferenceEquality")
    void begin(Activity activity) {
        if (newest() != activity) {
            count++;
            last.add(activity);
            if (last.size() > MAX_NAMES) {
                last.remove();
            }
        }
    }

    private @Nullable Activity newest() {
        return last.peekLast();
    }

    void took(Duration duration) {
        time = time.plus(duration);
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    Duration time() {
        return time;
    }

    List<String> names() {
        return last.stream().map(Activity::ongoing).toList();
    }
}
