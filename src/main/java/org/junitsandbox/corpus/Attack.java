package org.junitsandbox.corpus;

/**
 * What a hostile file does to a program that trusts it.
 *
 * @since 0.1
 */
public enum Attack {
    /** Names that lead out of the target directory. */
    TRAVERSAL(
            "Names that lead out of the target directory",
            "CWE-22",
            "Refuses the entry or the file. Writes nothing outside of the target directory."),
    /** Links that lead out, and entries that are written through a link. */
    LINK(
            "Links that lead out, and entries that are written through a link",
            "CWE-59",
            "Creates no link that leaves the target directory, and follows none when it writes."),
    /** Several names that become one file. */
    COLLISION(
            "Several names that become one file",
            "CWE-694",
            "Refuses the file, or keeps one of the entries by a fixed rule. Checks and uses the same one."),
    /** Names or texts whose bytes are not what their encoding allows. */
    ENCODING(
            "Names or texts whose bytes are not what their encoding allows",
            "CWE-176",
            "Refuses the text, or replaces what is wrong, before any check of what it means."),
    /** Names and paths that are longer than systems take. */
    LONG_NAME(
            "Names and paths that are longer than systems take",
            "CWE-1284",
            "Reports the name as too long. Shortens none without notice."),
    /** Devices, pipes, sockets and names that stand for them. */
    SPECIAL_FILE(
            "Devices, pipes, sockets and names that stand for them",
            "CWE-66",
            "Creates only regular files and directories."),
    /** Set-user-id bits and other rights that a receiver must not take over. */
    PERMISSIONS(
            "Set-user-id bits and other rights that a receiver must not take over",
            "CWE-732",
            "Sets rights of its own, and at least drops set-user-id, set-group-id and write rights of others."),
    /** Sizes that disagree with the data. */
    WRONG_SIZE(
            "Sizes that disagree with the data",
            "CWE-130",
            "Reports the file as damaged. Reads and allocates no more than there is."),
    /** Checksums that disagree with the data. */
    WRONG_CHECKSUM(
            "Checksums that disagree with the data", "CWE-354", "Reports the file as damaged and keeps nothing of it."),
    /** Files that two programs read differently. */
    AMBIGUITY(
            "Files that two programs read differently",
            "CWE-436",
            "Refuses the file, or checks what it uses: the same reader for both."),
    /** Entries that share the same bytes. */
    OVERLAP(
            "Entries that share the same bytes",
            "CWE-409",
            "Refuses entries that overlap, or counts what it writes and stops at a limit."),
    /** Small files that become very large. */
    BOMB(
            "Small files that become very large",
            "CWE-409",
            "Counts what comes out while it comes, and stops at a limit."),
    /** Structures within structures. */
    NESTING("Structures within structures", "CWE-674", "Stops at a fixed depth, with an error."),
    /** So many parts that the number is the load. */
    MANY_ENTRIES("So many parts that the number is the load", "CWE-770", "Counts the parts, and stops at a limit."),
    /** Headers that promise far more than there is. */
    HUGE_PROMISE(
            "Headers that promise far more than there is",
            "CWE-789",
            "Allocates for what was read, not for what was promised. Checks a promise against a limit first."),
    /** Files that end too early. */
    TRUNCATED(
            "Files that end too early",
            "CWE-228",
            "Reports that the file is incomplete. Does not wait and does not report success."),
    /** Files without content, or without any byte. */
    EMPTY("Files without content, or without any byte", "CWE-228", "Reports the file as not valid, or as empty."),
    /** Contents that a scanner cannot see. */
    ENCRYPTED(
            "Contents that a scanner cannot see",
            "CWE-693",
            "Reports that the content cannot be checked. Asks nobody for a password."),
    /** Further data behind the end. */
    CONCATENATED(
            "Further data behind the end", "CWE-436", "Reads all of it, or refuses it. Checks no less than it uses."),
    /** Files that are valid in two formats. */
    POLYGLOT(
            "Files that are valid in two formats",
            "CWE-434",
            "Serves the file only as the checked type, or writes it anew from what it has read."),
    /** Files of another type than their name or first bytes show. */
    WRONG_TYPE(
            "Files of another type than their name or first bytes show",
            "CWE-646",
            "Reads it as the type that is allowed and no other. Lets no content choose the reader."),
    /** The EICAR test file, which every virus scanner must find. */
    DETECTION("The EICAR test file, which every virus scanner must find", "CWE-434", "Reports the file as infected."),
    /** Structures that lead back to themselves. */
    LOOP(
            "Structures that lead back to themselves",
            "CWE-835",
            "Remembers what it has visited, or limits the steps. Ends with an error."),
    /** References to other files and to the network. */
    EXTERNAL_REFERENCE(
            "References to other files and to the network",
            "CWE-611",
            "Resolves no reference: opens no other file and no connection."),
    /** Scripts and actions that run when the file is opened. */
    ACTIVE_CONTENT(
            "Scripts and actions that run when the file is opened",
            "CWE-434",
            "Runs nothing. Removes the action or refuses the file."),
    /** Text that a program behind this one takes as an instruction. */
    INJECTION(
            "Text that a program behind this one takes as an instruction",
            "CWE-74",
            "Quotes or refuses the text where it passes it on."),
    /** Text that people read differently from programs. */
    SPOOFING(
            "Text that people read differently from programs",
            "CWE-451",
            "Shows the text with its invisible characters made visible, or refuses it."),
    /** Small inputs that take very long. */
    COMPLEXITY(
            "Small inputs that take very long",
            "CWE-407",
            "Limits the time, or uses a method whose cost grows with the input only."),
    /** Structures that break the rules of their format. */
    MALFORMED("Structures that break the rules of their format", "CWE-228", "Reports the file as not valid.");

    private final String summary;
    private final String weakness;
    private final String safeHandling;

    Attack(String summary, String weakness, String safeHandling) {
        this.summary = summary;
        this.weakness = weakness;
        this.safeHandling = safeHandling;
    }

    /** {@return the attack in one line, without a full stop} */
    public String summary() {
        return summary;
    }

    /** {@return the identifier of the weakness in the Common Weakness Enumeration, such as {@code CWE-22}} */
    public String weakness() {
        return weakness;
    }

    /** {@return what a safe program does with such a file, in general} */
    public String safeHandling() {
        return safeHandling;
    }
}
