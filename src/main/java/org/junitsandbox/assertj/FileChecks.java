package org.junitsandbox.assertj;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.spec.Base;

/**
 * Checks of a file as it was when it was looked at.
 *
 * @param path its path, as messages show it
 * @param status null if nothing has that name
 * @param directory asks for the shell's directory
 */
record FileChecks(String path, Base base, @Nullable FileStatus status, Supplier<String> directory) {

    private static final String MISSING = "but nothing has that name";

    FileChecks {
        path = Excerpt.line(path);
    }

    Check exists() {
        return Check.of(status != null, path + " to exist", MISSING);
    }

    Check doesNotExist() {
        return Check.of(status == null, path + " not to exist", "but it exists");
    }

    Check is(FileStatus.Type expected) {
        return ofStatus(
                path + " to be a " + expected,
                seen -> seen.type() == expected ? null : "but it is a " + seen.type());
    }

    Check hasMode(String octal) {
        if (!octal.matches("[0-7]{1,5}")) {
            throw new IllegalArgumentException(
                    "\"" + Excerpt.line(octal) + "\" is not a mode: expected octal digits, for example \"0644\"");
        }
        int expected = Integer.parseInt(octal, 8);
        return ofStatus(
                path + " to have mode " + mode(expected),
                seen -> seen.mode() == expected ? null : "but its mode is " + mode(seen.mode()));
    }

    Check hasOwner(long userId, long groupId) {
        return ofStatus(
                path + " to belong to user " + userId + " and group " + groupId,
                seen -> seen.userId() == userId && seen.groupId() == groupId
                        ? null
                        : "but it belongs to user " + seen.userId() + " and group " + seen.groupId());
    }

    Check wasModifiedAt(Instant time) {
        return ofStatus(
                path + " to be modified last at " + time,
                seen -> seen.modified().equals(time) ? null : "but it was at " + seen.modified());
    }

    Check hasLinkTarget(String target) {
        return ofStatus(
                path + " to be a symbolic link to " + Excerpt.line(target),
                seen -> {
                    if (seen.linkTarget().isEmpty()) {
                        return "but it is a " + seen.type();
                    }
                    String found = seen.linkTarget().get();
                    return found.equals(target) ? null : "but it is one to " + Excerpt.line(found);
                });
    }

    /**
     * Checks where links lead.
     *
     * @param resolved the path without links; empty if it leads nowhere
     */
    Check leadsTo(Optional<String> resolved) {
        return Check.of(resolved.isPresent(), path + " to lead to a file", "but it leads nowhere");
    }

    /**
     * Checks the digest of a regular file.
     *
     * @param found finds the digest; used only for a regular file
     */
    Check hasSha256(String hex, Supplier<String> found) {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    "\"" + Excerpt.line(hex) + "\" is not a SHA-256: expected 64 hexadecimal digits");
        }
        String expected = hex.toLowerCase(Locale.ROOT);
        String obstacle = obstacle();
        String digest = obstacle == null ? found.get() : "";
        Check check = Check.of(
                digest.equals(expected), path + " to have the SHA-256 " + expected, "but it has " + digest);
        return obstacle == null ? check : check.but(obstacle);
    }

    /**
     * Checks what is in a directory.
     *
     * @param entries lists it; used only for a directory
     */
    Check entries(Supplier<List<String>> entries, Function<DirectoryChecks, Check> check) {
        String obstacle = status == null
                ? MISSING
                : status.type() == FileStatus.Type.DIRECTORY ? null : "but it is a " + status.type();
        Check checked =
                check.apply(new DirectoryChecks(path, obstacle == null ? entries.get() : List.of()));
        return obstacle == null ? checked : checked.but(obstacle);
    }

    Check hasSize(long bytes) {
        return ofSize(path + " to have a size of " + Excerpt.count(bytes, "byte"), size -> size == bytes);
    }

    Check isEmpty() {
        return ofSize(path + " to be empty", size -> size == 0);
    }

    Check isNotEmpty() {
        return ofSize(path + " not to be empty", size -> size > 0);
    }

    /**
     * Checks what a regular file holds.
     *
     * @param bytes reads the content; used only for a regular file
     */
    /**
     * @param secrets are hidden in messages
     */
    Check content(Supplier<byte[]> bytes, Secrets secrets, Function<Content, Check> check) {
        String obstacle = obstacle();
        Content content =
                new Content("the content of " + path, obstacle == null ? bytes.get() : new byte[0], secrets);
        Check checked = check.apply(content);
        return obstacle == null ? checked : checked.but(obstacle);
    }

    /** Reports where the file is and what it is, in lines. */
    String report() {
        String where = path.startsWith("/") ? "" : " (in " + Excerpt.line(directory.get()) + ")";
        return "Path:    " + path + where + "\nSandbox: " + SandboxName.of(base) + "\nStatus:  "
                + (status == null
                        ? "missing"
                        : status.type() + ", " + size(status) + ", mode " + mode(status.mode()));
    }

    private Check ofStatus(String expectation, Function<FileStatus, @Nullable String> wrong) {
        return new Check(expectation, status == null ? MISSING : wrong.apply(status), null);
    }

    private Check ofSize(String expectation, LongPredicate right) {
        String obstacle = obstacle();
        return obstacle != null
                ? new Check(expectation, obstacle, null)
                : ofStatus(expectation, seen -> right.test(seen.sizeBytes()) ? null : "but its size is " + size(seen));
    }

    /** Explains why the file has no content to check; null if it has. */
    private @Nullable String obstacle() {
        if (status == null) {
            return MISSING;
        }
        return status.type() == FileStatus.Type.REGULAR_FILE
                ? null
                : "but it is a " + status.type() + ", not a regular file";
    }

    private static String size(FileStatus status) {
        return Excerpt.count(status.sizeBytes(), "byte");
    }

    private static String mode(int mode) {
        return "%04o".formatted(mode);
    }
}
