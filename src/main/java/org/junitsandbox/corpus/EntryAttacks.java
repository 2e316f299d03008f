package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The attacks by entries, in one archive format. */
final class EntryAttacks {

    private final Format format;
    private final String specification;
    private final Set<Entry.Kind> kinds;
    private final Function<List<Entry>, byte[]> writer;

    /**
     * @param specification where the format's names are specified
     * @param kinds which entries the format has
     * @param writer makes an archive of entries
     */
    EntryAttacks(Format format, String specification, Set<Entry.Kind> kinds, Function<List<Entry>, byte[]> writer) {
        this.format = format;
        this.specification = specification;
        this.kinds = kinds;
        this.writer = writer;
    }

    /** Those of some families which the format can hold. */
    @SafeVarargs
    final Stream<HostileFile> files(List<EntryCase>... families) {
        List<EntryCase> cases = new ArrayList<>();
        for (List<EntryCase> family : families) {
            cases.addAll(family);
        }
        return cases.stream()
                .filter(each -> Stream.concat(each.entries().stream(), each.twin().stream())
                        .allMatch(entry -> kinds.contains(entry.kind())))
                .map(this::file);
    }

    private HostileFile file(EntryCase each) {
        long bytes = each.entries().stream()
                .filter(entry -> entry.kind() == Entry.Kind.FILE)
                .mapToLong(entry -> entry.content().length)
                .sum();
        return HostileFile.of(format, each.attack(), each.variant())
                .describedAs(each.description())
                .reference(each.reference() + ", " + specification)
                .expandsTo(bytes, each.entries().size(), 1)
                .content(Content.of(() -> writer.apply(each.entries())))
                .twin(Content.of(() -> writer.apply(each.twin())))
                .build();
    }
}
