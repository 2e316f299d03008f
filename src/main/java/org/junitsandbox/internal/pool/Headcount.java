package org.junitsandbox.internal.pool;

/**
 * How many containers of a pool there are, by what happens to them.
 *
 * @param starting on their way, for whom ever
 * @param spares ready and not in use
 */
record Headcount(int starting, int spares, int inUse, int removing) {

    int alive() {
        return starting + spares + inUse + removing;
    }
}
