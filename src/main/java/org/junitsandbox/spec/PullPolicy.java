package org.junitsandbox.spec;

/**
 * When to get an image from its registry.
 *
 * @since 0.1
 */
public enum PullPolicy {
    /** When the engine does not have it. */
    MISSING,
    /** Before the first use in this JVM. */
    ALWAYS,
    /** Never: an image that the engine does not have is an error. */
    NEVER
}
