package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes zip archives in which every field can be set, also to what is not true (APPNOTE.TXT 6.3.10). */
final class ZipArchive {

    private final Bytes out = new Bytes();
    private final Bytes directory = new Bytes();
    private final End end = new End();
    private final List<Consumer<End>> changes = new ArrayList<>();
    private boolean zip64;

    /** What the end of the central directory states. */
    static final class End {
        long entries;
        long size;
        long offset;
        byte[] comment = {};
    }

    static Content of(ZipMember... members) {
        return Content.of(with(members)::toArray);
    }

    static byte[] of(List<Entry> entries) {
        return with(entries.stream().map(ZipMember::of).toArray(ZipMember[]::new))
                .toArray();
    }

    static ZipArchive with(ZipMember... members) {
        ZipArchive archive = new ZipArchive();
        for (ZipMember member : members) {
            archive.add(member);
        }
        return archive;
    }

    ZipArchive add(ZipMember member) {
        long offset = out.size();
        out.raw(member.localBytes());
        return listOnly(member, offset);
    }

    /** Bytes between members, or before the first. */
    ZipArchive gap(byte[] bytes) {
        out.raw(bytes);
        return this;
    }

    /** A member of which there are data, but no header in the central directory. */
    ZipArchive addUnlisted(ZipMember member) {
        out.raw(member.localBytes());
        return this;
    }

    /** A header in the central directory, with data that another member brought. */
    ZipArchive listOnly(ZipMember member, long offset) {
        directory.raw(member.centralBytes(offset));
        end.entries++;
        return this;
    }

    /** With the end record of 64-bit archives. */
    ZipArchive zip64() {
        zip64 = true;
        return this;
    }

    /** Changes what the end states. */
    ZipArchive end(Consumer<End> change) {
        changes.add(change);
        return this;
    }

    long size() {
        return out.size();
    }

    byte[] toArray() {
        end.offset = out.size();
        end.size = directory.size();
        changes.forEach(change -> change.accept(end));
        Bytes all = new Bytes().raw(out.toArray()).raw(directory.toArray());
        if (zip64) {
            long recordOffset = end.offset + end.size;
            all.little(4, 0x06064b50)
                    .little(8, 44)
                    .little(2, 0x31e)
                    .little(2, 45)
                    .little(4, 0)
                    .little(4, 0)
                    .little(8, end.entries)
                    .little(8, end.entries)
                    .little(8, end.size)
                    .little(8, end.offset);
            all.little(4, 0x07064b50).little(4, 0).little(8, recordOffset).little(4, 1);
        }
        return all.little(4, 0x06054b50)
                .little(4, 0)
                .little(2, zip64 ? -1 : end.entries)
                .little(2, zip64 ? -1 : end.entries)
                .little(4, zip64 ? -1 : end.size)
                .little(4, zip64 ? -1 : end.offset)
                .little(2, end.comment.length)
                .raw(end.comment)
                .toArray();
    }
}
