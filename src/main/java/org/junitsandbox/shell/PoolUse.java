package org.junitsandbox.shell;

/**
 * How many containers a {@link SandboxPool} has at one moment. Their sum is at most {@link PoolSize#max()}.
 *
 * @param starting containers that are started, or are to be
 * @param ready containers that wait to be taken
 * @param inUse containers of open shells
 * @param ending containers that are being cleaned or removed
 * @since 0.1
 */
public record PoolUse(int starting, int ready, int inUse, int ending) {}
