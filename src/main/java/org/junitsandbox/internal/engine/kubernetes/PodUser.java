package org.junitsandbox.internal.engine.kubernetes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * The user of a pod's container. A pod can name users by numbers only.
 *
 * @param group null for the image's
 * @param isOwn whether no other container has it
 */
record PodUser(long id, @Nullable Long group, boolean isOwn) {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,10})(?::(\\d{1,10}))?");

    /**
     * Returns the user for a container that asks for one; each call has another id where it asks for nobody.
     *
     * @throws EngineException if it asks for a name
     */
    static PodUser of(String asked) throws EngineException {
        if (asked.equals("root")) {
            return of("0:0");
        }
        Matcher numbers = NUMBERS.matcher(asked);
        if (!numbers.matches()) {
            throw new EngineException(
                    Fault.ENGINE,
                    "The setting `user` is \"" + asked + "\", and a pod can only have users by their numbers. Set it to"
                            + " uid:gid, as `id` prints them in the image.",
                    null);
        }
        Long group = numbers.group(2) == null ? null : Long.valueOf(numbers.group(2));
        boolean isOwn = asked.equals(ContainerConfig.NOBODY);
        return new PodUser(isOwn ? UserIds.next() : Long.parseLong(numbers.group(1)), group, isOwn);
    }

    boolean isRoot() {
        return id == 0;
    }
}
