package org.junitsandbox.internal.protocol;

/** The two output streams of a container. Their order relative to each other is not known. */
public enum StreamName {
    STDOUT,
    STDERR
}
