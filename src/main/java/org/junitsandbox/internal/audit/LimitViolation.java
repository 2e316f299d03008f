package org.junitsandbox.internal.audit;

/**
 * A limit that does not hold in a container, or that could not be checked.
 *
 * @param limit its name, for messages
 * @param asked what was asked for
 * @param finding what the kernel reports: "found no limit (memory.max is max)"
 * @param remedy what to do about it
 */
public record LimitViolation(String limit, String asked, String finding, String remedy) {

    @Override
    public String toString() {
        return limit + ": asked " + asked + ", " + finding;
    }
}
