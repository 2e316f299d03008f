package org.junitsandbox.corpus;

import java.util.List;

/**
 * An attack by entries, for every archive format that has such entries.
 *
 * @param attack what it does
 * @param variant the last part of the file's name
 * @param description what is hostile in it
 * @param reference where it is described
 * @param entries the entries, in order
 * @param twin the same without the attack
 */
record EntryCase(
        Attack attack, String variant, String description, String reference, List<Entry> entries, List<Entry> twin) {

    /** Its twin is one file in a directory. */
    static EntryCase of(Attack attack, String variant, String description, String reference, Entry... entries) {
        return new EntryCase(
                attack, variant, description, reference, List.of(entries), List.of(Entry.file("safe/inside.txt")));
    }

    EntryCase twin(Entry... harmless) {
        return new EntryCase(attack, variant, description, reference, entries, List.of(harmless));
    }
}
