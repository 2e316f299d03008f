package org.junitsandbox.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A sound of eight samples in boxes (ISO/IEC 14496-12), each of which can be replaced. */
final class Mp4Movie {

    private static final Set<String> CONTAINERS = Set.of("moov", "trak", "mdia", "minf", "stbl");

    /** What each box holds, by the names of the boxes around it and its own. */
    private final Map<String, byte[]> boxes = new LinkedHashMap<>();

    Mp4Movie() {
        set("ftyp", new Bytes().text("isom").big(4, 0).text("isom").toArray());
        set("moov/mvhd", header().big(4, 8_000).big(4, 8).big(4, 0x10000).big(2, 0x100).zeros(10)
                .raw(matrix()).zeros(24).big(4, 2).toArray());
        set("moov/trak/tkhd", new Bytes().big(4, 7).zeros(8).big(4, 1).zeros(4).big(4, 8).zeros(12).big(2, 0x100)
                .zeros(2).raw(matrix()).zeros(8).toArray());
        set("moov/trak/mdia/mdhd", header().big(4, 8_000).big(4, 8).big(2, 0x55c4).zeros(2).toArray());
        set("moov/trak/mdia/hdlr", new Bytes().zeros(8).text("soun").zeros(13).toArray());
        set("moov/trak/mdia/minf/smhd", new Bytes().zeros(8).toArray());
        set("moov/trak/mdia/minf/dinf", references(box("url ", new Bytes().big(4, 1).toArray())));
        set("moov/trak/mdia/minf/stbl/stsd", new Bytes().zeros(4).big(4, 1).raw(box("sowt", new Bytes().zeros(6)
                .big(2, 1).zeros(8).big(2, 1).big(2, 16).zeros(4).big(4, 8_000L << 16).toArray())).toArray());
        table("stts", 1, 8, 1);
        table("stsc", 1, 1, 8, 1);
        table("stsz", 2, 8);
        // Where the samples are is known when all else is.
        table("stco", 1, 0);
        set("mdat", new Bytes().zeros(16).toArray());
    }

    private static Bytes header() {
        return new Bytes().zeros(12);
    }

    private static byte[] matrix() {
        return new Bytes().big(4, 0x10000).zeros(12).big(4, 0x10000).zeros(12).big(4, 0x40000000).toArray();
    }

    /** A table of the samples, after the version and the flags. */
    Mp4Movie table(String name, long... numbers) {
        Bytes content = new Bytes().zeros(4);
        for (long number : numbers) {
            content.big(4, number);
        }
        return set("moov/trak/mdia/minf/stbl/" + name, content.toArray());
    }

    static byte[] references(byte[] reference) {
        return box("dref", new Bytes().zeros(4).big(4, 1).raw(reference).toArray());
    }

    Mp4Movie set(String path, byte[] content) {
        boxes.put(path, content);
        return this;
    }

    Mp4Movie without(String start) {
        boxes.keySet().removeIf(path -> path.startsWith(start));
        return this;
    }

    static byte[] box(String type, byte[] content) {
        return box(content.length + 8L, type, content);
    }

    static byte[] box(long size, String type, byte[] content) {
        return new Bytes().big(4, size).raw(Bytes.latin1(type)).raw(content).toArray();
    }

    byte[] toArray() {
        byte[] offsets = boxes.get("moov/trak/mdia/minf/stbl/stco");
        if (offsets != null && offsets.length == 12 && offsets[11] == 0 && offsets[7] == 1 && offsets[8] == 0) {
            table("stco", 1, write().length - 16L);
        }
        return write();
    }

    private byte[] write() {
        Bytes out = new Bytes();
        boxes.keySet().stream()
                .map(path -> path.split("/", 2)[0])
                .distinct()
                .forEach(type -> out.raw(write(type)));
        return out.toArray();
    }

    private byte[] write(String path) {
        String type = path.substring(path.lastIndexOf('/') + 1);
        byte[] content = boxes.get(path);
        if (content != null || !CONTAINERS.contains(type)) {
            return box(type, content == null ? new byte[0] : content);
        }
        Bytes out = new Bytes();
        int depth = path.split("/", -1).length;
        boxes.keySet().stream()
                .filter(each -> each.startsWith(path + "/"))
                .map(each -> each.split("/", -1)[depth])
                .distinct()
                .forEach(child -> out.raw(write(path + "/" + child)));
        return box(type, out.toArray());
    }
}
