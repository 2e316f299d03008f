package org.junitsandbox.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds which changes are outside of some directories, or lead out of them. */
final class StraySearch {

    private static final int SET_IDS = 06000;

    private final DirectorySet directories;
    private final Map<String, StatLine> now;
    private final LinkWalk links;
    private @Nullable Map<FileId, List<String>> names;

    /** What is the same for all names of a file. */
    private record FileId(long device, String inode) {

        static FileId of(StatLine file) {
            return new FileId(file.device(), file.inode());
        }
    }

    /**
     * @param now all files that commands can write to
     */
    StraySearch(DirectorySet directories, Map<String, StatLine> now) {
        this.directories = directories;
        this.now = now;
        this.links = new LinkWalk(directories, path -> {
            StatLine file = now.get(path);
            return file == null ? Optional.empty() : file.status().linkTarget();
        });
    }

    List<StrayFile> of(Changes changes) {
        return changes.all().stream().map(this::judge).flatMap(Optional::stream).toList();
    }

    private Optional<StrayFile> judge(FileChange change) {
        FileStatus status = change.status().orElse(null);
        boolean isDirectory = status != null && status.type() == FileStatus.Type.DIRECTORY;
        if (!directories.contain(change.path())) {
            boolean isMadeForThem = isDirectory
                    && change.kind() == FileChange.Kind.ADDED
                    && directories.areBelow(change.path());
            return isMadeForThem ? Optional.empty() : stray(change, StrayFile.Reason.OUTSIDE, null);
        }
        if (status == null || isDirectory) {
            return Optional.empty();
        }
        return switch (status.type()) {
            case SYMBOLIC_LINK -> links.wayOut(change.path())
                    .flatMap(target -> stray(change, StrayFile.Reason.SYMBOLIC_LINK, target));
            case REGULAR_FILE -> judgeFile(change, status.mode());
            default -> stray(change, StrayFile.Reason.SPECIAL_FILE, null);
        };
    }

    private Optional<StrayFile> judgeFile(FileChange change, int mode) {
        StatLine file = Objects.requireNonNull(now.get(change.path()));
        if (file.names() > 1) {
            List<String> known = namesOf(file);
            Optional<String> outside =
                    known.stream().filter(name -> !directories.contain(name)).findFirst();
            if (outside.isPresent() || known.size() < file.names()) {
                return stray(change, StrayFile.Reason.HARD_LINK, outside.orElse(null));
            }
        }
        return (mode & SET_IDS) == 0 ? Optional.empty() : stray(change, StrayFile.Reason.SET_ID, null);
    }

    private static Optional<StrayFile> stray(FileChange change, StrayFile.Reason reason, @Nullable String leadsTo) {
        return Optional.of(new StrayFile(change, reason, leadsTo));
    }

    /** Returns the names of a file that are listed, sorted. */
    private List<String> namesOf(StatLine file) {
        if (names == null) {
            Map<FileId, List<String>> found = new HashMap<>();
            now.forEach((path, other) -> {
                if (other.names() > 1 && other.status().type() == FileStatus.Type.REGULAR_FILE) {
                    found.computeIfAbsent(FileId.of(other), id -> new ArrayList<>()).add(path);
                }
            });
            found.values().forEach(paths -> paths.sort(null));
            names = found;
        }
        return names.getOrDefault(FileId.of(file), List.of());
    }
}
