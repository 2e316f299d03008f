package org.junitsandbox.corpus;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A selection of hostile files, in a fixed order. Immutable; nothing of a file is made before it is read.
 *
 * @since 0.1
 */
public final class Corpus {

    private final List<HostileFile> files;

    private Corpus(List<HostileFile> files) {
        this.files = files;
    }

    /**
     * {@return the default set: all files that are at most 4 MiB themselves} Many of them become far larger when they
     * are unpacked.
     */
    public static Corpus standard() {
        return all().filter(file -> !file.isHuge());
    }

    /** {@return all files, with those that are larger than 4 MiB, up to terabytes} */
    public static Corpus all() {
        return new Corpus(Catalogues.FILES);
    }

    /**
     * {@return the file of this name}
     *
     * @param name such as {@code zip-traversal-parent}
     * @throws IllegalArgumentException if no file has the name; the message lists similar names
     */
    public static HostileFile file(String name) {
        return Catalogues.FILES.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No hostile file is named '" + name + "'. Names that begin like it: " + similarTo(name)));
    }

    private static String similarTo(String name) {
        String start = name.split("-", 2)[0];
        return Catalogues.FILES.stream()
                .map(HostileFile::name)
                .filter(other -> other.startsWith(start))
                .collect(Collectors.joining(", "));
    }

    /**
     * {@return the files of some formats}
     *
     * @param formats any of them; without one, all files are kept
     */
    public Corpus formats(Format... formats) {
        Set<Format> wanted = setOf(Format.class, Arrays.asList(formats));
        return filter(file -> wanted.contains(file.format()));
    }

    /**
     * {@return the files of some groups of formats}
     *
     * @param groups any of them; without one, all files are kept
     */
    public Corpus groups(Format.Group... groups) {
        Set<Format.Group> wanted = setOf(Format.Group.class, Arrays.asList(groups));
        return filter(file -> wanted.contains(file.format().group()));
    }

    /**
     * {@return the files of some attacks}
     *
     * @param attacks any of them; without one, all files are kept
     */
    public Corpus attacks(Attack... attacks) {
        Set<Attack> wanted = setOf(Attack.class, Arrays.asList(attacks));
        return filter(file -> wanted.contains(file.attack()));
    }

    private static <E extends Enum<E>> Set<E> setOf(Class<E> type, Collection<E> chosen) {
        return chosen.isEmpty() ? EnumSet.allOf(type) : EnumSet.copyOf(chosen);
    }

    /**
     * {@return some of the files}
     *
     * @param condition which
     */
    public Corpus filter(Predicate<? super HostileFile> condition) {
        return new Corpus(files.stream().filter(condition).toList());
    }

    /** {@return the files as a stream} */
    public Stream<HostileFile> stream() {
        return files.stream();
    }

    /** {@return the files as an unmodifiable list} */
    public List<HostileFile> files() {
        return files;
    }
}
