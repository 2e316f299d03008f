package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Excerpt;

/** Digests of many files of a sandbox, computed there by {@code sha256sum}. */
final class FileDigests {

    private static final int HEX_CHARS = 64;

    private static final String TEXT = "LC_ALL=C \\command xargs -0 sha256sum";

    /** One name can be printed as twice as many bytes. */
    private static final int MAX_NAMES_BYTES = 1 << 20;

    private final OwnCommands commands;

    FileDigests(OwnCommands commands) {
        this.commands = commands;
    }

    /**
     * Returns the digest of each.
     *
     * @param paths absolute paths of regular files
     */
    Map<String, String> of(Collection<String> paths) {
        Map<String, String> digests = new HashMap<>();
        List<String> block = new ArrayList<>();
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        int limit = (int) Math.min(MAX_NAMES_BYTES, commands.limits().inputBytes() / 2);
        for (String path : paths) {
            byte[] name = ByteText.encode(path);
            if (names.size() > 0 && names.size() + name.length >= limit) {
                compute(names.toByteArray(), block, digests);
                names.reset();
                block.clear();
            }
            block.add(path);
            names.writeBytes(name);
            names.write(0);
        }
        if (!block.isEmpty()) {
            compute(names.toByteArray(), block, digests);
        }
        return digests;
    }

    private void compute(byte[] names, List<String> paths, Map<String, String> digests) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        OwnCommands.Result result = commands.runCountedAtRoot(
                TEXT, new BoundedOutput(printed, 2L * names.length + 128L * paths.size()), names);
        if (result.status() != 0) {
            throw new TransferException(
                    "Files of the sandbox cannot be read there: " + Excerpt.line(result.stderr()),
                    null);
        }
        String lines = ByteText.decode(printed.toByteArray());
        int at = 0;
        for (String path : paths) {
            // Where it escapes a name, GNU's program begins the line with a backslash.
            boolean isEscaped = lines.startsWith("\\", at);
            int start = isEscaped ? at + 1 : at;
            int end = start + HEX_CHARS;
            String rest = "  " + (isEscaped ? escape(path) : path) + "\n";
            if (!lines.startsWith(rest, end)) {
                throw new TransferException(
                        "The sha256sum of the sandbox printed something else for " + Excerpt.line(path), null);
            }
            digests.put(path, lines.substring(start, end));
            at = end + rest.length();
        }
    }

    private static String escape(String path) {
        return path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
