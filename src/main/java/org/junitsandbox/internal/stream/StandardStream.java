package org.junitsandbox.internal.stream;

/** The two output streams of a container. Their order relative to each other is not known. */
public enum StandardStream {
    STDOUT,
    STDERR
}
