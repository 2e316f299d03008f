package org.junitsandbox.corpus;

import java.util.List;
import java.util.stream.Stream;

/** Zip archives whose names lead out of the target directory. */
final class ZipNames {

    private static final String SPECIFICATION = ", APPNOTE.TXT 4.4.17";

    private ZipNames() {}

    static Stream<HostileFile> files() {
        return Stream.of(EntryName.UNIX_TRAVERSALS, EntryName.WINDOWS_TRAVERSALS, EntryName.FILTER_TRAVERSALS)
                .flatMap(List::stream)
                .map(ZipNames::traversal);
    }

    private static HostileFile traversal(EntryName name) {
        return HostileFile.of(Format.ZIP, Attack.TRAVERSAL, name.variant())
                .describedAs(name.description())
                .reference(name.reference() + SPECIFICATION)
                .expandsTo(Samples.TEXT.length(), 1, 1)
                .content(ZipArchive.of(member(name)))
                .twin(ZipArchive.of(ZipMember.file("safe/inside.txt", Samples.TEXT)))
                .build();
    }

    private static ZipMember member(EntryName name) {
        return ZipMember.file(name.bytes(), Samples.TEXT)
                .both(header -> header.flags = name.isUnicode() ? ZipMember.UTF_8 : 0);
    }
}
