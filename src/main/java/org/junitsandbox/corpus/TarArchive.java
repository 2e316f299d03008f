package org.junitsandbox.corpus;

import java.util.List;

/** Writes tar archives. */
final class TarArchive {

    private static final int MAX_NAME = 100;

    private TarArchive() {}

    /** A complete archive: the members and two blocks of zeros. */
    static byte[] of(TarMember... members) {
        Bytes out = new Bytes();
        for (TarMember member : members) {
            out.raw(member.bytes());
        }
        return out.zeros(2 * TarMember.BLOCK).toArray();
    }

    static Content content(TarMember... members) {
        return Content.of(() -> of(members));
    }

    /** Entries in the POSIX dialect, with GNU's headers for long names, which every reader knows. */
    static byte[] of(List<Entry> entries) {
        Bytes out = new Bytes();
        for (Entry entry : entries) {
            TarMember member = member(entry);
            if (member.name.length > MAX_NAME) {
                byte[] ended = new Bytes().raw(member.name).raw(0).toArray();
                out.raw(new TarMember(TarMember.GNU_LONG_NAME, Bytes.utf8("././@LongLink"), ended)
                        .dialect(TarMember.Dialect.GNU)
                        .bytes());
                member.dialect(TarMember.Dialect.GNU);
            }
            out.raw(member.bytes());
        }
        return out.zeros(2 * TarMember.BLOCK).toArray();
    }

    private static TarMember member(Entry entry) {
        boolean isFile = entry.kind() == Entry.Kind.FILE;
        TarMember member = new TarMember(type(entry.kind()), entry.name(), isFile ? entry.content() : new byte[0]);
        member.linkName = isFile ? new byte[0] : entry.content();
        member.mode = TarMember.octal(8, entry.mode() & 07777);
        // The numbers of /dev/null, and of no disk.
        member.device = new Bytes()
                .raw(TarMember.octal(8, 1))
                .raw(TarMember.octal(8, 3))
                .toArray();
        return member;
    }

    private static char type(Entry.Kind kind) {
        return switch (kind) {
            case FILE -> TarMember.FILE;
            case DIRECTORY -> TarMember.DIRECTORY;
            case LINK -> TarMember.SYMBOLIC_LINK;
            case HARD_LINK -> TarMember.HARD_LINK;
            case CHARACTER_DEVICE -> TarMember.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> TarMember.BLOCK_DEVICE;
            case FIFO -> TarMember.FIFO;
        };
    }
}
