package org.junitsandbox.assertj;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Checks of a file as it was when it was looked at.
 *
 * @param path its path, as messages show it
 * @param status null if nothing has that name
 * @param directory asks for the shell's directory
 */
record FileChecks(String path, SandboxSpec.Base base, @Nullable FileStatus status, Supplier<String> directory) {

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
                path + " to be a " + name(expected),
                seen -> seen.type() == expected ? null : "but it is a " + name(seen.type()));
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
    Check content(Supplier<byte[]> bytes, Function<Content, Check> check) {
        String obstacle = obstacle();
        Content content = new Content("the content of " + path, obstacle == null ? bytes.get() : new byte[0]);
        Check checked = check.apply(content);
        return obstacle == null ? checked : checked.but(obstacle);
    }

    /** Reports where the file is and what it is, in lines. */
    String report() {
        String where = path.startsWith("/") ? "" : " (in " + Excerpt.line(directory.get()) + ")";
        return "Path:    " + path + where + "\nSandbox: " + image() + "\nStatus:  "
                + (status == null
                        ? "missing"
                        : name(status.type()) + ", " + size(status) + ", mode " + mode(status.mode()));
    }

    private String image() {
        return base instanceof SandboxSpec.Image named
                ? named.name()
                : ((SandboxSpec.Dockerfile) base).path().toString();
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
                : "but it is a " + name(status.type()) + ", not a regular file";
    }

    private static String name(FileStatus.Type type) {
        return type == FileStatus.Type.OTHER
                ? "pipe, socket or device"
                : type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String size(FileStatus status) {
        return Excerpt.count(status.sizeBytes(), "byte");
    }

    private static String mode(int mode) {
        return "%04o".formatted(mode);
    }
}
