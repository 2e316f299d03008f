package org.junitsandbox.corpus;

/**
 * What a program that trusts a file gets out of it.
 *
 * @param bytes how many bytes come out in all, at all depths; for pictures the bytes of the pixels in memory
 * @param entries how many parts there are: files in an archive, frames, elements
 * @param depth how many layers there are; 1 for a plain archive, 2 for an archive in an archive
 * @since 0.1
 */
public record Expansion(long bytes, long entries, int depth) {

    /**
     * Makes one.
     *
     * @param bytes how many bytes come out
     * @param entries how many parts there are
     * @param depth how many layers there are
     * @throws IllegalArgumentException if a number is negative
     */
    public Expansion {
        if (bytes < 0 || entries < 0 || depth < 0) {
            throw new IllegalArgumentException("An expansion has no negative numbers: bytes " + bytes + ", entries "
                    + entries + ", depth " + depth);
        }
    }
}
