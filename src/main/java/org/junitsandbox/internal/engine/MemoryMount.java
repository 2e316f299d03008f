package org.junitsandbox.internal.engine;

/**
 * A file system in memory. Every user can write to it; programs on it can be run, but not with other privileges than
 * their caller's.
 *
 * @param path where it is mounted, absolute
 * @param sizeBytes how much it holds, or 0 for the engine's default
 */
public record MemoryMount(String path, long sizeBytes) {}
