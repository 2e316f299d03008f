package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.PERMISSIONS;
import static org.junitsandbox.corpus.Attack.SPECIAL_FILE;

import java.util.List;

/** Entries that are no files, or have rights that a receiver must not take over. */
final class RightsCases {

    /** Names that stand for devices. */
    static final List<EntryCase> RESERVED_NAMES = List.of(
            special("con", "A name is a device on Windows: CON.", "CWE-67", Entry.file("CON")),
            special(
                    "aux-extension",
                    "A name is a device on Windows in spite of its extension: aux.txt.",
                    "CWE-67",
                    Entry.file("safe/aux.txt")),
            special(
                    "com1-superscript",
                    "A name is a device on Windows: COM and a superscript one.",
                    "CWE-67",
                    Entry.file("COM\u00b9.txt")),
            special(
                    "stream",
                    "A name is an alternate data stream of another file: inside.txt:hidden.",
                    "CWE-69",
                    Entry.file("inside.txt:hidden")),
            special(
                    "default-stream",
                    "A name hides its extension by a stream: script.php::$DATA.",
                    "CWE-69",
                    Entry.file("script.php::$DATA")));

    static final List<EntryCase> SPECIAL_FILES = List.of(
            special(
                    "character-device",
                    "An entry is a character device.",
                    "CWE-66",
                    Entry.special(Entry.Kind.CHARACTER_DEVICE, "device")),
            special(
                    "block-device",
                    "An entry is a block device.",
                    "CWE-66",
                    Entry.special(Entry.Kind.BLOCK_DEVICE, "device")),
            special(
                    "fifo",
                    "An entry is a named pipe, on which a reader waits forever.",
                    "CWE-66",
                    Entry.special(Entry.Kind.FIFO, "pipe")));

    static final List<EntryCase> PERMISSION_BITS = List.of(
            rights(
                    "setuid",
                    "A program is set-user-id.",
                    "CWE-250",
                    Entry.file("program").rights(04755)),
            rights(
                    "setgid",
                    "A program is set-group-id.",
                    "CWE-250",
                    Entry.file("program").rights(02755)),
            rights(
                    "world-writable",
                    "A file is writable for everybody.",
                    "CWE-276",
                    Entry.file("open.txt").rights(0666)),
            rights(
                    "no-rights",
                    "A directory has no rights at all, so that its owner cannot clean up in it.",
                    "CWE-281",
                    Entry.directory("closed").rights(0)));

    private RightsCases() {}

    private static EntryCase special(String variant, String description, String reference, Entry entry) {
        return EntryCase.of(SPECIAL_FILE, variant, description, reference, entry);
    }

    private static EntryCase rights(String variant, String description, String reference, Entry entry) {
        return EntryCase.of(PERMISSIONS, variant, description, reference, entry)
                .twin(entry.rights(entry.kind() == Entry.Kind.DIRECTORY ? 0755 : 0644));
    }
}
