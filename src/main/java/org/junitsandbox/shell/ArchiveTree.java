package org.junitsandbox.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names in an archive, as the tree that they make. What a name costs grows with its length only. */
final class ArchiveTree {

    private final Node root = new Node(false);

    private static final class Node {

        private final boolean file;
        private final Map<String, Node> children = new HashMap<>();

        Node(boolean file) {
            this.file = file;
        }
    }

    /**
     * Adds a file, or a directory, which may be there already, and the directories that lead to it.
     *
     * @return why that cannot be; null if it can
     */
    @Nullable String add(List<String> names, boolean directory) {
        if (names.isEmpty()) {
            return directory ? null : "occurs twice";
        }
        Node parent = root;
        for (String name : names.subList(0, names.size() - 1)) {
            parent = parent.children.computeIfAbsent(name, missing -> new Node(false));
            if (parent.file) {
                return "is below a file";
            }
        }
        Node before = parent.children.putIfAbsent(names.get(names.size() - 1), new Node(!directory));
        return before == null || (directory && !before.file) ? null : "occurs twice";
    }

    /** Whether a name is that of a file that was added. */
    boolean hasFile(List<String> names) {
        Node node = root;
        for (String name : names) {
            node = node.children.get(name);
            if (node == null) {
                return false;
            }
        }
        return node.file;
    }
}
