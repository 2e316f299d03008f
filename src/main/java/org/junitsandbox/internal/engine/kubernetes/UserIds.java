package org.junitsandbox.internal.engine.kubernetes;

import java.security.SecureRandom;
import org.junitsandbox.internal.engine.ContainerConfig;

/**
 * User ids for pods. The kernel counts a user's processes over the whole node, so that a limit for a pod needs a user
 * that nobody else is. They are random: nothing knows those of other JVMs.
 */
final class UserIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private UserIds() {}

    /** Returns an id that most probably no process of any node has. */
    static long next() {
        return ContainerConfig.OWN_USERS_MIN + RANDOM.nextInt(ContainerConfig.OWN_USERS);
    }
}
