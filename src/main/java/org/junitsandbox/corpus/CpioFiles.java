package org.junitsandbox.corpus;

import java.util.EnumSet;
import java.util.stream.Stream;

/** Cpio archives with hostile entries. */
final class CpioFiles {

    private CpioFiles() {}

    static Stream<HostileFile> files() {
        return new EntryAttacks(
                        Format.CPIO,
                        "cpio(5), new ASCII format",
                        EnumSet.complementOf(EnumSet.of(Entry.Kind.HARD_LINK)),
                        CpioArchive::of)
                .files(
                        TraversalCases.UNIX,
                        LinkCases.SYMBOLIC,
                        NameCases.COLLISIONS,
                        NameCases.LONG_NAMES,
                        RightsCases.SPECIAL_FILES,
                        RightsCases.PERMISSION_BITS);
    }
}
