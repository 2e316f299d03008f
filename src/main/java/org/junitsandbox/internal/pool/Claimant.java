package org.junitsandbox.internal.pool;

/** Who wants or keeps a container. Its {@code toString} names it for people. */
public interface Claimant {

    /**
     * Whether it keeps what it has at least until {@code waiting}, which may be this one itself, has got what it wants.
     */
    boolean outlasts(Claimant waiting);
}
