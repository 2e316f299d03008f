package org.junitsandbox.harness;

import java.util.regex.Pattern;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.shell.Shell;

/**
 * The user of a sandbox's commands. It is 65534, except in a pod of Kubernetes: there each sandbox has a number of its
 * own, so that the limit of processes counts its processes alone.
 */
public final class OwnUser {

    private static final long ELSEWHERE = 65534;

    private static final Pattern NUMBER = Pattern.compile("\\b\\d{10}\\b");

    private OwnUser() {}

    /** Returns the number of the user of a sandbox with the default one. */
    public static long of(Shell shell) {
        return Cluster.isUsed() ? Long.parseLong(shell.run("id -u").stdout().strip()) : ELSEWHERE;
    }

    /** Returns a text in which, on a cluster, 65534 stands for each number that is a sandbox's own. */
    public static String hidden(String text) {
        return Cluster.isUsed()
                ? NUMBER.matcher(text).replaceAll(number -> isOwn(Long.parseLong(number.group()))
                        ? String.valueOf(ELSEWHERE)
                        : number.group())
                : text;
    }

    private static boolean isOwn(long number) {
        long index = number - ContainerConfig.OWN_USERS_MIN;
        return index >= 0 && index < ContainerConfig.OWN_USERS;
    }
}
