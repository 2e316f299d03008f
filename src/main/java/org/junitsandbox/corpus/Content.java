package org.junitsandbox.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Bytes that are made when they are read, a piece at a time, so that their number is no matter of memory. */
@FunctionalInterface
interface Content {

    /** Starts from the first byte, each time. */
    InputStream open();

    static Content of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    /** The text in UTF-8. */
    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes that are made anew each time, and not kept. */
    static Content of(Supplier<byte[]> maker) {
        return () -> new ByteArrayInputStream(maker.get());
    }

    static Content join(Content... parts) {
        return join(List.of(parts));
    }

    static Content join(List<Content> parts) {
        return () -> new PartsInputStream(parts.iterator());
    }

    static Content repeat(long times, byte[] bytes) {
        return numbered(times, number -> bytes);
    }

    /** One piece for each number from 0 on. */
    static Content numbered(long count, LongFunction<byte[]> piece) {
        return () -> {
            Iterator<Content> parts = LongStream.range(0, count)
                    .mapToObj(number -> of(piece.apply(number)))
                    .iterator();
            return new PartsInputStream(parts);
        };
    }

    /** All of it at once. */
    default byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("No file is read here, and yet reading failed", e);
        }
    }
}
