package org.junitsandbox.internal.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Compares single limits and collects those that do not hold. In every method, {@code limit} is the limit's name, for
 * messages, and {@code remedy} what to do where it does not hold.
 */
final class LimitChecks {

    private final EffectiveLimits found;
    private final List<LimitViolation> violations = new ArrayList<>();

    LimitChecks(EffectiveLimits found) {
        this.found = found;
    }

    List<LimitViolation> violations() {
        return List.copyOf(violations);
    }

    /**
     * Checks an upper limit.
     *
     * @param most what was asked for; 0 if no limit was
     * @param slack how much more than that is as good
     * @param format puts an amount into words
     */
    void atMost(
            String limit, long most, long slack, Optional<Amount> amount, LongFunction<String> format, Remedy remedy) {
        if (most > 0 && amount.isEmpty()) {
            unknown(limit, format.apply(most), remedy);
        } else if (most > 0 && amount.get().value() - slack > most) {
            broken(limit, format.apply(most), describe(amount.get(), format), remedy);
        }
    }

    /** Checks that an amount is 0. */
    void none(String limit, Optional<Amount> amount, LongFunction<String> format, Remedy remedy) {
        if (amount.isEmpty()) {
            unknown(limit, "none", remedy);
        } else if (amount.get().value() > 0) {
            broken(limit, "none", describe(amount.get(), format), remedy);
        }
    }

    private static String describe(Amount amount, LongFunction<String> format) {
        String value = amount.isUnlimited() ? "no limit" : format.apply(amount.value());
        return value + " (" + amount.evidence() + ")";
    }

    /**
     * Checks that the line that begins with {@code name} goes on with {@code text}.
     *
     * @param asked what that stands for
     */
    void line(String limit, String asked, String name, String text, Remedy remedy) {
        String value = found.value(name);
        if (value == null) {
            unknown(limit, asked, remedy);
        } else if (!value.equals(text)) {
            broken(limit, asked, name + " " + value, remedy);
        }
    }

    void broken(String limit, String asked, String instead, Remedy remedy) {
        violations.add(new LimitViolation(limit, asked, "found " + instead, remedy.toString()));
    }

    /** Adds a limit that could not be checked. */
    void unknown(String limit, String asked, Remedy remedy) {
        Remedy why = found.isOfLinux() ? remedy : Remedy.LINUX;
        violations.add(new LimitViolation(
                limit, asked, "could not be checked", (found.isComplete() ? why : Remedy.FEWER_MOUNTS).toString()));
    }
}
