package org.junitsandbox.corpus;

import java.util.EnumSet;
import java.util.stream.Stream;

/** Tar archives with hostile entries. */
final class TarEntries {

    private TarEntries() {}

    static Stream<HostileFile> files() {
        return new EntryAttacks(Format.TAR, "POSIX.1-2017 pax, ustar", EnumSet.allOf(Entry.Kind.class), TarArchive::of)
                .files(
                        TraversalCases.UNIX,
                        TraversalCases.WINDOWS,
                        TraversalCases.FILTERS,
                        LinkCases.SYMBOLIC,
                        LinkCases.HARD,
                        NameCases.COLLISIONS,
                        NameCases.ENCODINGS,
                        NameCases.LONG_NAMES,
                        NameCases.INJECTIONS,
                        RightsCases.RESERVED_NAMES,
                        RightsCases.SPECIAL_FILES,
                        RightsCases.PERMISSION_BITS);
    }
}
