package org.junitsandbox.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.Changes;
import org.junitsandbox.shell.FileChange;
import org.junitsandbox.shell.FileStatus;

/**
 * A file or a directory in the tree of what has changed.
 *
 * @param name printable; of a directory in which nothing else has changed, followed by what is in it
 * @param own its own changes: none of a directory that is there for others only
 * @param children what has changed below it, by name
 */
record ChangeNode(String name, List<FileChange> own, List<ChangeNode> children) {

    /** What lies deeper is listed by its path, as neither a page nor a reader has room for more. */
    private static final int MAX_DEPTH = 16;

    /** One that grows. */
    private static final class Builder {

        private final List<FileChange> own = new ArrayList<>();
        private final Map<String, Builder> children = new LinkedHashMap<>();

        Builder child(String name) {
            return children.computeIfAbsent(name, key -> new Builder());
        }

        ChangeNode build(String name) {
            List<ChangeNode> built =
                    children.entrySet().stream().map(child -> child.getValue().build(child.getKey())).toList();
            if (own.isEmpty() && built.size() == 1) {
                ChangeNode only = built.get(0);
                return new ChangeNode(Printable.of(name) + "/" + only.name, only.own, only.children);
            }
            return new ChangeNode(Printable.of(name), List.copyOf(own), built);
        }
    }

    /** Returns the outermost directories of changes, with absolute names. */
    static List<ChangeNode> roots(Changes changes) {
        Builder root = new Builder();
        for (FileChange change : changes) {
            Builder node = root;
            for (String name : withoutSlash(change.path()).split("/", MAX_DEPTH)) {
                node = node.child(name);
            }
            node.own.add(change);
        }
        return root.children.entrySet().stream()
                .map(child -> child.getValue().build("/" + child.getKey()))
                .toList();
    }

    /** Returns the tree as lines of text. */
    static List<String> lines(Changes changes) {
        List<String> lines = new ArrayList<>();
        roots(changes).forEach(root -> root.addTo(lines, "  "));
        return lines;
    }

    private void addTo(List<String> lines, String indent) {
        if (own.isEmpty()) {
            lines.add(indent + name + "/");
        }
        for (FileChange change : own) {
            String status = status(change);
            lines.add(indent + verb(change) + " " + name + (status.isEmpty() ? "" : " (" + status + ")"));
        }
        children.forEach(child -> child.addTo(lines, indent + "  "));
    }

    /** A secret may be in the place of the first slash. */
    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    static String verb(FileChange change) {
        return change.kind().name().toLowerCase(Locale.ROOT);
    }

    /** What a changed file is now; empty if it was deleted. */
    static String status(FileChange change) {
        return change.status().map(ChangeNode::describe).orElse("");
    }

    private static String describe(FileStatus file) {
        String size = file.type() == FileStatus.Type.REGULAR_FILE ? ", " + Units.round(file.sizeBytes()) : "";
        String target = file.linkTarget().map(path -> " to " + Printable.of(path)).orElse("");
        return file.type() + target + size + ", mode " + "%04o".formatted(file.mode())
                + ", owner " + file.userId() + ":" + file.groupId();
    }
}
