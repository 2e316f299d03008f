package org.junitsandbox.shell;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.audit.Counters;
import org.junitsandbox.internal.audit.EffectiveLimits;
import org.junitsandbox.spec.SandboxSpec;

/** What one sandbox used, from reading to reading. Takes one caller at a time. */
final class UsageLog {

    private final UsageFigures figures;
    private final ActivityLog all = new ActivityLog();
    private UsageWindow window = new UsageWindow();
    private @Nullable Counters first;
    private @Nullable Counters last;

    /**
     * @param foundLimits what the kernel reported before the first command
     */
    UsageLog(SandboxSpec spec, String foundLimits) {
        this.figures = new UsageFigures(
                EffectiveLimits.parse(foundLimits), spec.profile().network());
    }

    /** Returns what a reading now would end. */
    UsageWindow window() {
        return window;
    }

    /** Notes a request to the sandbox. */
    void begin(Activity activity) {
        all.begin(activity);
        window.activities().begin(activity);
    }

    void took(Duration duration) {
        all.took(duration);
        window.activities().took(duration);
    }

    /**
     * Takes a reading.
     *
     * @param firstReport the counters before the first command
     * @param report the counters now
     */
    void read(String firstReport, String report) {
        if (first == null) {
            first = Counters.parse(firstReport);
            last = first;
        }
        Counters now = Counters.parse(report);
        if (last != null) {
            window.end(new Usage(window.activities(), figures.between(last, now)));
        }
        last = now;
        window = new UsageWindow();
    }

    /** Returns what was used from the time that the sandbox was handed out to the last reading. */
    Usage total() {
        return first == null || last == null
                ? Usage.unknown(all, "the counters have not been read")
                : new Usage(all, figures.between(first, last));
    }
}
