package org.junitsandbox.harness;

import java.util.regex.Pattern;

/**
 * The user of a sandbox's commands. It is 65534, except in a pod of Kubernetes: there each sandbox has a number of its
 * own, of ten digits, so that the limit of processes counts its processes alone.
 */
public final class OwnUser {

    private static final Pattern NUMBER = Pattern.compile("\\b[12]\\d{9}\\b");

    private OwnUser() {}

    /** Returns a text in which the number is 65534 where it is a sandbox's own. */
    public static String hidden(String text) {
        return NUMBER.matcher(text).replaceAll("65534");
    }
}
