package org.junitsandbox.spec;

/**
 * When an image is pulled from its registry.
 *
 * @since 0.1
 */
public enum PullPolicy {
    /**
     * Not set. An annotation leaves the choice to the next place that sets one. A {@link Base.Image} replaces it
     * at once by {@link #MISSING}.
     */
    DEFAULT,
    /** When the engine does not have it. */
    MISSING,
    /** Before the first use in this JVM. */
    ALWAYS,
    /** Never: an image that the engine does not have is an error. */
    NEVER
}
