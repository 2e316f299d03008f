package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UntrustedArchiveTests {

    /** Builds a tar archive. */
    private static final class Tar {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream entries;

        Tar() {
            this(UTF_8.name());
        }

        Tar(String encoding) {
            entries = new TarArchiveOutputStream(bytes, encoding);
            entries.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }

        private Tar add(TarArchiveEntry entry, int mode, byte[] content) throws IOException {
            entry.setMode(mode);
            entry.setSize(content.length);
            entries.putArchiveEntry(entry);
            entries.write(content);
            entries.closeArchiveEntry();
            return this;
        }

        Tar file(String name, int mode, String content) throws IOException {
            return add(new TarArchiveEntry(name, true), mode, content.getBytes(UTF_8));
        }

        Tar file(String name) throws IOException {
            return file(name, 0644, "content of " + name);
        }

        Tar directory(String name, int mode) throws IOException {
            return add(new TarArchiveEntry(name + "/", true), mode, new byte[0]);
        }

        /** Adds an entry without content, of a kind that {@link TarConstants} names. */
        Tar other(String name, byte kind, String linkName) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
            entry.setLinkName(linkName);
            return add(entry, 0644, new byte[0]);
        }

        ByteArrayInputStream stream() throws IOException {
            entries.close();
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }

    private final Path target;

    UntrustedArchiveTests(@TempDir Path target) {
        this.target = target;
    }

    static Stream<Arguments> rejectsAnArchiveThatCouldLeadOutside() throws IOException {
        String upwards = "has a name that leads upwards";
        String special = "is neither a file nor a directory";
        return Stream.of(
                arguments(new Tar().file("../x"), "../x", upwards),
                arguments(new Tar().file("a/../../x"), "a/../../x", upwards),
                arguments(new Tar().file("a/.."), "a/..", upwards),
                arguments(new Tar().directory("..", 0755), "../", upwards),
                arguments(new Tar().file("good").file("/x"), "/x", "has an absolute name"),
                arguments(
                        new Tar().other("link", TarConstants.LF_SYMLINK, "good"),
                        "link",
                        "is a symbolic link to good, which could lead outside"),
                arguments(
                        new Tar().other("link", TarConstants.LF_LINK, "unknown"),
                        "link",
                        "is a hard link to unknown, which is not a file of it"),
                arguments(
                        new Tar().other("link", TarConstants.LF_LINK, "later").file("later"),
                        "link",
                        "is a hard link to later, which is not a file of it"),
                arguments(
                        new Tar().directory("sub", 0755).other("link", TarConstants.LF_LINK, "sub"),
                        "link",
                        "is a hard link to sub, which is not a file of it"),
                arguments(new Tar().other("link", TarConstants.LF_LINK, "../x"), "link", upwards),
                arguments(new Tar().other("link", TarConstants.LF_LINK, "/etc/passwd"), "link", "has an absolute name"),
                arguments(
                        new Tar().other("\u001b[2J\nä\u009b", TarConstants.LF_SYMLINK, "\u001b]0;title\u0007"),
                        "\\u001B[2J\\nä\\u009B",
                        "is a symbolic link to \\u001B]0;title\\u0007, which could lead outside"),
                arguments(new Tar().other("null", TarConstants.LF_CHR, ""), "null", special),
                arguments(new Tar().other("sda", TarConstants.LF_BLK, ""), "sda", special),
                arguments(new Tar().other("pipe", TarConstants.LF_FIFO, ""), "pipe", special));
    }

    @ParameterizedTest
    @MethodSource
    void rejectsAnArchiveThatCouldLeadOutside(Tar tar, String entry, String reason) {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> new UntrustedArchive("/work/results", target).check(tar.stream()))
                .withMessage("/work/results is not copied out: its entry \"" + entry + "\" " + reason
                        + ". Nothing was written.");
    }

    @Test
    void writesFilesAndDirectoriesWithTheirContent() throws IOException {
        String longName = "long/" + "n".repeat(200);
        copyOut(() -> new Tar()
                .directory(".", 0755)
                .file("./a", 0644, "one")
                .directory("./empty", 0755)
                .file("./no/entry/for/these/b..", 0644, "")
                .file(longName, 0644, "two")
                .file("ä€😀", 0644, "three"));

        assertThat(target.resolve("a")).hasContent("one");
        assertThat(target.resolve("empty")).isEmptyDirectory();
        assertThat(target.resolve("no/entry/for/these/b..")).isEmptyFile();
        assertThat(target.resolve(longName)).hasContent("two");
        assertThat(target.resolve("ä€😀")).hasContent("three");
    }

    @Test
    void keepsAHardLinkToAFileOfTheArchive() throws IOException {
        copyOut(() -> new Tar()
                .file("sub/original", 0644, "content")
                .other("copy", TarConstants.LF_LINK, "./sub/original")
                .other("copy of the copy", TarConstants.LF_LINK, "copy"));
        Files.writeString(target.resolve("sub/original"), "changed");

        assertThat(target.resolve("copy")).hasContent("changed");
        assertThat(target.resolve("copy of the copy")).hasContent("changed");
    }

    @Test
    void keepsPermissionsExceptSetuidSetgidAndSticky() throws IOException {
        copyOut(() -> new Tar()
                .directory("sticky", 01777)
                .file("setuid", 04755, "")
                .file("setgid", 02751, "")
                .file("private", 0600, ""));

        assertThat(mode("sticky")).isEqualTo(0777);
        assertThat(mode("setuid")).isEqualTo(0755);
        assertThat(mode("setgid")).isEqualTo(0751);
        assertThat(mode("private")).isEqualTo(0600);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("setgid"))))
                .isEqualTo("rwxr-x--x");
    }

    @Test
    void makesADirectoryReadOnlyAfterWritingItsFiles() throws IOException {
        copyOut(() -> new Tar().directory("outer", 0555).directory("outer/inner", 0555).file("outer/inner/file"));

        assertThat(target.resolve("outer/inner/file")).hasContent("content of outer/inner/file");
        assertThat(mode("outer")).isEqualTo(0555);
        assertThat(mode("outer/inner")).isEqualTo(0555);
    }

    @Test
    void recognizesOnlyADirectoryWithoutEntriesAsEmpty() throws IOException {
        Path file = Files.createFile(target.resolve("file"));
        Path directory = Files.createDirectory(target.resolve("directory"));

        assertThat(CopyOut.isEmptyDirectory(directory)).isTrue();
        assertThat(CopyOut.isEmptyDirectory(target)).isFalse();
        assertThat(CopyOut.isEmptyDirectory(file)).isFalse();
        assertThat(CopyOut.isEmptyDirectory(target.resolve("missing"))).isFalse();
    }

    private interface TarSource {
        Tar tar() throws IOException;
    }

    private void copyOut(TarSource source) throws IOException {
        UntrustedArchive archive = new UntrustedArchive("/work/results", target);
        archive.check(source.tar().stream());
        archive.extract(source.tar().stream());
    }

    private int mode(String name) throws IOException {
        return (int) Files.getAttribute(target.resolve(name), "unix:mode") & 07777;
    }

    private void assertRejected(TarSource source) {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> new UntrustedArchive("/work/results", target).check(source.tar().stream()));
    }

    @Test
    void rejectsANameInARawHeaderThatIsNotUtf8() {
        assertRejected(() -> new Tar("ISO-8859-1").file("café"));
    }

    @Test
    void rejectsTheSameNameTwice() {
        assertRejected(() -> new Tar().file("a").file("./a"));
    }

    @Test
    void rejectsAFileBelowAFile() {
        assertRejected(() -> new Tar().file("a").file("a/b"));
    }

    @Test
    void rejectsANameOrADepthBeyondItsBound() {
        assertRejected(() -> new Tar().file("n".repeat(256)));
        assertRejected(() -> new Tar().directory("d/".repeat(256) + "d", 0755));
        assertRejected(() -> new Tar().file(("n".repeat(200) + "/").repeat(20) + "n".repeat(100)));
    }

    @Test
    void takesANameAndADepthUpToItsBound() throws IOException {
        copyOut(() -> new Tar().file("n".repeat(255)).directory("d/".repeat(255) + "d", 0755));

        assertThat(target.resolve("n".repeat(255))).exists();
        assertThat(target.resolve("d/".repeat(255) + "d")).isDirectory();
    }

    /** Ten times as deep as is taken; each name is then a part of all that come after it. */
    @Test
    @Timeout(20)
    void takesNoLongerForDepthThanForItsBytes() {
        ArchiveTree tree = new ArchiveTree();
        List<String> names = new ArrayList<>();
        for (int depth = 0; depth < 10 * UntrustedArchive.MAX_DEPTH; depth++) {
            names.add("d");
            assertThat(tree.add(names, true)).isNull();
        }
    }

    /** Empty files, as many as are asked for. */
    private static final class ManyFiles extends InputStream {
        private final int count;
        private int begun;
        private ByteArrayInputStream file = new ByteArrayInputStream(new byte[0]);

        ManyFiles(int count) {
            this.count = count;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (file.available() == 0 && begun < count) {
                byte[] header = new Tar().file("" + begun++, 0644, "").stream().readNBytes(512);
                file = new ByteArrayInputStream(header);
            }
            return file.read(bytes, offset, length);
        }
    }

    @Test
    @Timeout(60)
    void rejectsTenTimesAsManyEntriesAsItTakesWithoutReadingThem() {
        ManyFiles all = new ManyFiles(10 * UntrustedArchive.MAX_ENTRIES);

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> new UntrustedArchive("/work/results", target).check(all))
                .withMessageContaining("is one of more than 100000");
        assertThat(all.begun).isBetween(UntrustedArchive.MAX_ENTRIES + 1, UntrustedArchive.MAX_ENTRIES + 100);
    }

    /** Without a bound, the name would be kept several times over. */
    @Test
    @Timeout(20)
    void rejectsALongNameWithoutReadingItWhole() throws IOException {
        byte[] name = "n".repeat(10 * ArchiveEntries.MAX_HEADER_BYTES).getBytes(UTF_8);
        ByteArrayInputStream archive = new Tar()
                .add(new TarArchiveEntry(TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME), 0644, name)
                .file("short")
                .stream();

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> new UntrustedArchive("/work/results", target).check(archive))
                .withMessage("/work/results is not copied out: what the sandbox's tar wrote is no archive: its headers"
                        + " have more than 262144 bytes. Nothing was written.");
        assertThat(archive.available()).isGreaterThan(8 * ArchiveEntries.MAX_HEADER_BYTES);
    }

    @Test
    void rejectsWhatIsNoArchive() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> new UntrustedArchive("/work/results", target)
                        .check(new ByteArrayInputStream("x".repeat(2_000).getBytes(UTF_8))))
                .withMessageContaining("what the sandbox's tar wrote is no archive: ");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws IOException {
        ByteArrayInputStream archive = new Tar().file("a").stream();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(SandboxInterruptedException.class)
                .isThrownBy(() -> new UntrustedArchive("/work/results", target).check(archive));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void leavesOutWhatIsRefusedWhereTheRestIsToBeRead() throws IOException {
        TarSource source = () -> new Tar()
                .directory("closed", 0)
                .file("closed/a", 0, "")
                .other("link", TarConstants.LF_SYMLINK, "/etc")
                .file("link/inside")
                .file("../up")
                .file("/absolute")
                .file("program", 06755, "x")
                .other("hard", TarConstants.LF_LINK, "program")
                .other("harder", TarConstants.LF_LINK, "link")
                .other("device", TarConstants.LF_CHR, "")
                .file("program");
        UntrustedArchive archive = new UntrustedArchive("/work", target);

        assertThat(archive.checkWhatCanBeCopied(source.tar().stream(), Long.MAX_VALUE))
                .containsExactly(
                        "\"link\" is a symbolic link to /etc, which could lead outside",
                        "\"../up\" has a name that leads upwards",
                        "\"/absolute\" has an absolute name",
                        "\"harder\" is a hard link to link, which is not a file of it",
                        "\"device\" is neither a file nor a directory",
                        "\"program\" occurs twice");
        archive.extractForReading(source.tar().stream());
        assertThat(target).isDirectoryRecursivelyContaining("glob:**/closed/a");
        assertThat(mode("closed")).isEqualTo(0700);
        assertThat(mode("closed/a")).isEqualTo(0600);
        assertThat(mode("program")).isEqualTo(0644);
        assertThat(target.resolve("hard")).hasContent("x");
        assertThat(target.resolve("link")).isDirectory();
        assertThat(target.resolve("link/inside")).hasContent("content of link/inside");
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("closed", "link", "program", "hard");
    }

    @Test
    void leavesOutFilesThatAreTooLargeForWhatIsLeft() throws IOException {
        TarSource source = () -> new Tar()
                .file("half", 0644, "x".repeat(600))
                .file("large", 0644, "x".repeat(600))
                .other("hard", TarConstants.LF_LINK, "large")
                .file("small", 0644, "x".repeat(424))
                .file("one", 0644, "x")
                .file("empty", 0644, "");
        UntrustedArchive archive = new UntrustedArchive("/work", target);

        assertThat(archive.checkWhatCanBeCopied(source.tar().stream(), 1024))
                .containsExactly(
                        "\"large\" has 600 B, more than is left of the 1 KiB that all files may have",
                        "\"hard\" is a hard link to large, which is not a file of it",
                        "\"one\" has 1 B, more than is left of the 1 KiB that all files may have");
        archive.extractForReading(source.tar().stream());
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("half", "small", "empty");
    }

    @Test
    void countsWhatIsLeftOutOfVeryMany() throws IOException {
        Tar tar = new Tar();
        for (int i = 0; i < 1_500; i++) {
            tar.other("link" + i, TarConstants.LF_SYMLINK, "x");
        }

        assertThat(new UntrustedArchive("/work", target).checkWhatCanBeCopied(tar.stream(), Long.MAX_VALUE))
                .hasSize(1_001)
                .endsWith("500 more");
    }
}
