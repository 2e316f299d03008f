package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Begins the hostile files of a format that packs one file. */
final class PackedFile {

    private final Format format;
    private final String specification;
    private final Content twin;

    PackedFile(Format format, String specification, Supplier<byte[]> twin) {
        this.format = format;
        this.specification = specification;
        this.twin = Content.of(twin);
    }

    /** A file that gives the usual text. */
    HostileFile of(Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return begin(attack, variant, description, section, content).build();
    }

    HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return HostileFile.of(format, attack, variant)
                .describedAs(description)
                .reference((section + " " + specification).strip())
                .expandsTo(Samples.TEXT.length(), 1, 1)
                .content(Content.of(content))
                .twin(twin);
    }

    /** The same file, which ends at several places. */
    Stream<HostileFile> truncated(Supplier<byte[]> whole, List<Cut> cuts) {
        return cuts.stream().map(cut -> of(TRUNCATED, cut.variant(), cut.description(), "", () -> cut.of(whole.get())));
    }
}
