package org.junitsandbox.corpus;

import java.util.EnumSet;
import java.util.stream.Stream;

/** Zip archives with hostile entries. */
final class ZipEntries {

    private ZipEntries() {}

    static Stream<HostileFile> files() {
        return new EntryAttacks(
                        Format.ZIP,
                        "APPNOTE.TXT 4.4.15 and 4.4.17",
                        EnumSet.complementOf(EnumSet.of(Entry.Kind.HARD_LINK)),
                        ZipArchive::of)
                .files(
                        TraversalCases.UNIX,
                        TraversalCases.WINDOWS,
                        TraversalCases.FILTERS,
                        LinkCases.SYMBOLIC,
                        NameCases.COLLISIONS,
                        NameCases.ENCODINGS,
                        NameCases.LONG_NAMES,
                        NameCases.INJECTIONS,
                        RightsCases.RESERVED_NAMES,
                        RightsCases.SPECIAL_FILES,
                        RightsCases.PERMISSION_BITS);
    }
}
