package org.junitsandbox.internal.stream;

/** Takes what comes on the output streams of a container, chunk by chunk. */
@FunctionalInterface
public interface StreamSink {

    /**
     * Takes one chunk. The array belongs to the caller and is used again: what is to be kept must be copied.
     *
     * @param stream the stream on which the chunk came
     * @param bytes the array that holds the chunk
     * @param offset where in the array the chunk starts
     * @param length how many bytes the chunk has
     */
    void accept(StandardStream stream, byte[] bytes, int offset, int length);
}
