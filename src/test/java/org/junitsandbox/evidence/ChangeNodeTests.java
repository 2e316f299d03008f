package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.FileChange;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.shell.FileStatuses;
import org.junitsandbox.shell.Transcripts;

class ChangeNodeTests {

    private static FileChange file(FileChange.Kind kind, String path) {
        return Transcripts.change(kind, path, FileStatuses.of(FileStatus.Type.REGULAR_FILE, 1536, 0644));
    }

    @Test
    void listsWhatIsInADirectoryBelowIt() {
        assertThat(ChangeNode.lines(Transcripts.changes(
                        file(FileChange.Kind.ADDED, "/tmp/a/b/only"),
                        Transcripts.change(FileChange.Kind.DELETED, "/work/gone", null),
                        Transcripts.change(
                                FileChange.Kind.ADDED,
                                "/work/out",
                                FileStatuses.of(FileStatus.Type.DIRECTORY, 40, 0755)),
                        file(FileChange.Kind.MODIFIED, "/work/out/in"),
                        Transcripts.change(
                                FileChange.Kind.ADDED,
                                "/work/to",
                                FileStatuses.of(FileStatus.Type.SYMBOLIC_LINK, 7, 0777)))))
                .containsExactly(
                        "  added /tmp/a/b/only (regular file, 1.5 KiB, mode 0644, owner 65534:65534)",
                        "  /work/",
                        "    deleted gone",
                        "    added out (directory, mode 0755, owner 65534:65534)",
                        "      modified in (regular file, 1.5 KiB, mode 0644, owner 65534:65534)",
                        "    added to (symbolic link to nowhere, mode 0777, owner 65534:65534)");
    }

    @Test
    void escapesNames() {
        assertThat(ChangeNode.lines(Transcripts.changes(
                        Transcripts.change(FileChange.Kind.DELETED, "/work/a\n  added b\u202E\uDCFF", null))))
                .containsExactly("  deleted /work/a\\n  added b\\u202E\\uDCFF");
    }

    @Test
    void listsBothOfTwoWhoseNamesAreMaskedAlike() {
        FileChange masked = Transcripts.change(FileChange.Kind.DELETED, "***", null);

        assertThat(ChangeNode.lines(Transcripts.changes(masked, masked))).containsExactly(
                "  deleted /***", "  deleted /***");
    }

    @Test
    void listsWhatLiesVeryDeepByItsPath() {
        String deep = "/d".repeat(40);

        assertThat(ChangeNode.lines(Transcripts.changes(
                        Transcripts.change(FileChange.Kind.DELETED, deep + "/a", null),
                        Transcripts.change(FileChange.Kind.DELETED, deep + "/b", null))))
                .containsExactly(
                        "  " + "/d".repeat(15) + "/",
                        "    deleted " + "d/".repeat(25) + "a",
                        "    deleted " + "d/".repeat(25) + "b");
    }
}
