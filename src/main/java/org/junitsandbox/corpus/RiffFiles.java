package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sounds (WAVE) and movies (AVI) in chunks (RIFF), which state sizes and counts that are not true. */
final class RiffFiles {

    private static final byte[] SAMPLES = new byte[16];
    private static final byte[] SOUND = wave(format(1, 8_000, 2, 16), chunk("data", SAMPLES));
    private static final byte[] MOVIE = avi(header(1, 8, 8), new byte[0]);
    private static final Family WAV = Family.of(Format.WAV, Content.of(SOUND));
    private static final Family AVI = Family.of(Format.AVI, Content.of(MOVIE));
    private static final long MAX = 0xffff_ffffL;
    private static final String WAVE = "Multimedia Programming Interface 1.0 section 3";
    private static final String RIFF = "OpenDML AVI 1.02 section 3";

    private RiffFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(formats(), sizes(), waveEnds(), movies(), movieLoads()).flatMap(all -> all);
    }

    private static byte[] chunk(String type, byte[] content) {
        return chunk(content.length, type, content);
    }

    private static byte[] chunk(long size, String type, byte[] content) {
        return new Bytes().text(type).little(4, size).raw(content).padTo(2).toArray();
    }

    private static byte[] list(String kind, String type, byte[]... chunks) {
        Bytes content = new Bytes().text(type);
        for (byte[] chunk : chunks) {
            content.raw(chunk);
        }
        return chunk(kind, content.toArray());
    }

    private static byte[] wave(byte[]... chunks) {
        return list("RIFF", "WAVE", chunks);
    }

    private static byte[] format(int channels, long rate, int align, int bits) {
        return chunk("fmt ", new Bytes().little(2, 1).little(2, channels).little(4, rate).little(4, rate * align)
                .little(2, align).little(2, bits).toArray());
    }

    private static HostileFile wav(Attack attack, String variant, String description, Supplier<byte[]> maker) {
        return WAV.file(attack, variant, description, WAVE, Content.of(maker));
    }

    private static HostileFile format(Attack attack, String variant, String description, byte[] format) {
        return wav(attack, variant, description, () -> wave(format, chunk("data", SAMPLES)));
    }

    private static Stream<HostileFile> formats() {
        return Stream.of(
                format(MALFORMED, "no-channels", "No channels, by which sizes are divided.", format(0, 8_000, 2, 16)),
                format(MALFORMED, "rate-zero", "A rate of 0, by which durations are divided.", format(1, 0, 2, 16)),
                format(MALFORMED, "align-zero", "Samples of 0 bytes, a divisor of sizes.", format(1, 8_000, 0, 16)),
                format(MALFORMED, "bits-zero", "Samples of 0 bits, a divisor of sizes.", format(1, 8_000, 2, 0)),
                format(HUGE_PROMISE, "channels", "65,535 channels of 65,535 bits.", format(65_535, 8_000, 2, 65_535)),
                format(HUGE_PROMISE, "rate", "4,294,967,295 samples a second.", format(1, MAX, 2, 16)),
                wav(MALFORMED, "no-format", "The samples have no format.", () -> wave(chunk("data", SAMPLES))),
                wav(MALFORMED, "short-format", "The format has 4 bytes.", () -> wave(
                        chunk("fmt ", new byte[4]), chunk("data", SAMPLES))),
                wav(MALFORMED, "no-samples", "There are no samples.", () -> wave(format(1, 8_000, 2, 16))));
    }

    private static Stream<HostileFile> sizes() {
        byte[] format = format(1, 8_000, 2, 16);
        byte[] data = chunk("data", SAMPLES);
        return Stream.of(
                wav(HUGE_PROMISE, "data", "The samples state 4 GiB, and have 16 bytes.", () -> wave(
                        format, chunk(MAX, "data", SAMPLES))),
                wav(HUGE_PROMISE, "format", "The format states 2 GiB.", () -> wave(
                        chunk(0x7fffffff, "fmt ", Arrays.copyOfRange(format, 8, 24)), data)),
                wav(HUGE_PROMISE, "cues", "4,294,967,295 cues, and none is there.", () -> wave(
                        format, chunk("cue ", new Bytes().little(4, MAX).toArray()), data)),
                wav(WRONG_SIZE, "file", "The file states fewer bytes than it has.", () -> new Bytes()
                        .text("RIFF").little(4, 12).raw(Arrays.copyOfRange(SOUND, 8, SOUND.length)).toArray()),
                wav(MANY_ENTRIES, "chunks", "10,000 empty chunks.", () -> {
                    Bytes junk = new Bytes();
                    for (int i = 0; i < 10_000; i++) {
                        junk.raw(chunk("junk", new byte[0]));
                    }
                    return wave(format, junk.toArray(), data);
                }),
                wav(INJECTION, "title-markup", "The title is the markup of a script.", () -> wave(
                        format, data, list("LIST", "INFO", chunk("INAM", Bytes.utf8("<script>alert(1)</script>"))))),
                wav(INJECTION, "title-escapes", "The title has terminal escapes.", () -> wave(
                        format, data, list("LIST", "INFO", chunk("INAM", Bytes.utf8("\u001b]0;owned\u0007"))))));
    }

    private static Stream<HostileFile> waveEnds() {
        return Stream.of(
                wav(EMPTY, "no-bytes", "The file has no bytes.", () -> new byte[0]),
                wav(CONCATENATED, "two-sounds", "A second sound follows.", () -> new Bytes()
                        .raw(SOUND).raw(SOUND).toArray()),
                wav(TRUNCATED, "in-format", "The file ends within the format.", () -> Arrays.copyOf(SOUND, 30)),
                wav(TRUNCATED, "in-data", "The file ends within the samples.", () -> Arrays.copyOf(
                        SOUND, SOUND.length - 4)));
    }

    /** Of pictures without packing, of 24 bits. */
    private static byte[] header(long frames, long width, long height) {
        return header(frames, width, height, 25);
    }

    private static byte[] header(long frames, long width, long height, long rate) {
        byte[] main = chunk("avih", new Bytes().little(4, 40_000).zeros(12).little(4, frames).zeros(4).little(4, 1)
                .zeros(4).little(4, width).little(4, height).zeros(16).toArray());
        byte[] stream = chunk("strh", new Bytes().text("vids").zeros(16).little(4, 1).little(4, rate).zeros(4)
                .little(4, frames).zeros(20).toArray());
        byte[] picture = chunk("strf", new Bytes().little(4, 40).little(4, width).little(4, height).little(2, 1)
                .little(2, 24).zeros(4).little(4, 192).zeros(16).toArray());
        return list("LIST", "hdrl", main, list("LIST", "strl", stream, picture));
    }

    private static byte[] avi(byte[] header, byte[] further) {
        return list("RIFF", "AVI ", header, further, list("LIST", "movi", chunk("00db", new byte[192])));
    }

    private static HostileFile movie(Attack attack, String variant, String description, Supplier<byte[]> maker) {
        return AVI.file(attack, variant, description, RIFF, Content.of(maker));
    }

    private static HostileFile movie(Attack attack, String variant, String description, byte[] header) {
        return movie(attack, variant, description, () -> avi(header, new byte[0]));
    }

    private static Stream<HostileFile> movies() {
        return Stream.of(
                movie(HUGE_PROMISE, "dimensions", "Pictures of 65,535 pixels squared.", header(1, 65_535, 65_535)),
                movie(HUGE_PROMISE, "frames", "4,294,967,295 pictures, and one is there.", header(MAX, 8, 8)),
                movie(HUGE_PROMISE, "chunk", "A chunk states 4 GiB, and has 8 bytes.", () -> avi(
                        header(1, 8, 8), chunk(MAX, "JUNK", new byte[8]))),
                movie(WRONG_SIZE, "no-width", "Pictures of no width.", header(1, 0, 8)),
                movie(WRONG_SIZE, "negative-width", "Pictures of a negative width.", header(1, -8, 8)),
                movie(MALFORMED, "rate-zero", "A rate of 0, by which durations are divided.", header(1, 8, 8, 0)),
                movie(MALFORMED, "no-header", "The pictures have no header.", new byte[0]));
    }

    private static Stream<HostileFile> movieLoads() {
        return Stream.of(
                movie(LOOP, "index", "An index of indexes leads to itself.", () -> avi(header(1, 8, 8), indexAt(
                        header(1, 8, 8).length + 12L))),
                movie(NESTING, "lists", "10,000 lists within each other.", () -> {
                    Bytes lists = new Bytes();
                    for (long layer = 10_000; layer > 0; layer--) {
                        lists.text("LIST").little(4, 12 * layer - 8).text("rec ");
                    }
                    return avi(header(1, 8, 8), lists.toArray());
                }),
                movie(EMPTY, "no-bytes", "The file has no bytes.", () -> new byte[0]),
                movie(TRUNCATED, "in-header", "The file ends within the header.", () -> Arrays.copyOf(MOVIE, 60)),
                movie(TRUNCATED, "in-picture", "The file ends within a picture.", () -> Arrays.copyOf(
                        MOVIE, MOVIE.length - 100)));
    }

    /** An index whose only entry is the index itself. */
    private static byte[] indexAt(long offset) {
        return chunk("indx", new Bytes().little(2, 4).little(1, 0).little(1, 0).little(4, 1).text("00db").zeros(12)
                .little(8, offset).little(4, 48).little(4, 1).toArray());
    }
}
