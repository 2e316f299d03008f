package org.junitsandbox.shell;

import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.internal.text.SecretMask;

/** What a transcript keeps of changes: of very many the first ones. */
final class KeptChanges {

    private static final int MAX_COUNT = 1000;

    private static final int MAX_CHARS = 256 << 10;

    /** What a change takes beside its path, in bytes; about. */
    private static final int BASE_SIZE = 200;

    private final List<FileChange> kept = new ArrayList<>();
    private final int omitted;
    private int chars;

    KeptChanges(Changes changes) {
        for (FileChange change : changes) {
            if (kept.size() == MAX_COUNT || chars + change.path().length() > MAX_CHARS) {
                break;
            }
            kept.add(change);
            chars += change.path().length();
        }
        omitted = changes.all().size() - kept.size();
    }

    Changes masked(SecretMask mask) {
        return new Changes(kept.stream().map(change -> change.masked(mask)).toList());
    }

    int omitted() {
        return omitted;
    }

    /** What it takes of memory, in bytes. */
    int size() {
        return kept.size() * BASE_SIZE + chars;
    }
}
