package org.junitsandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.SandboxSpec;

/**
 * The settings of a sandbox that are declared in one place, or in several places merged. Immutable.
 */
final class SandboxDeclaration {

    /**
     * What is resolved by itself.
     *
     * @param part the name of the part of a setting that has several, of an environment variable for example
     */
    private record Element(Setting setting, String part) implements Comparable<Element> {

        private static final Comparator<Element> ORDER =
                Comparator.comparing(Element::setting).thenComparing(Element::part);

        Element(Setting setting) {
            this(setting, SettingSource.WHOLE);
        }

        @Override
        public int compareTo(Element other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return setting.element() + (part.equals(SettingSource.WHOLE) ? "" : "." + part);
        }
    }

    /** Enough to see what was there, and little enough for the reports of many tests. */
    private static final long KEEP_FILES_MAX = 16 << 20;

    private final SortedMap<Element, DeclaredValue> values;

    private SandboxDeclaration(SortedMap<Element, DeclaredValue> values) {
        DeclaredValue image = values.get(new Element(Setting.IMAGE));
        DeclaredValue dockerfile = values.get(new Element(Setting.DOCKERFILE));
        if (image != null && dockerfile != null) {
            throw new ExtensionConfigurationException("Both an image and a Dockerfile in one place: " + image + ", "
                    + dockerfile + ". Leave one of them out.");
        }
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /**
     * Reads an annotation.
     *
     * @param place what is annotated, for messages: {@code class A}
     * @throws ExtensionConfigurationException if a value cannot be read, or if there are an image and a Dockerfile
     */
    static SandboxDeclaration of(Sandbox sandbox, String place) {
        SortedMap<Element, DeclaredValue> values = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            setting.read(sandbox, setting.element() + " of @Sandbox on " + place)
                    .forEach((part, value) -> values.put(new Element(setting, part), value));
        }
        return new SandboxDeclaration(values);
    }

    /** Merges what several places declare, the nearest first. */
    static SandboxDeclaration merge(List<SandboxDeclaration> nearestFirst) {
        SortedMap<Element, DeclaredValue> merged = new TreeMap<>();
        for (SandboxDeclaration declaration : nearestFirst) {
            boolean hasBase = hasBase(merged);
            declaration.values.forEach((element, value) -> {
                if (!(hasBase && element.setting().isBase())) {
                    merged.putIfAbsent(element, value);
                }
            });
        }
        return new SandboxDeclaration(merged);
    }

    /**
     * Adds what configuration parameters set and this declaration does not.
     *
     * @param parameters returns the text of a configuration parameter
     * @throws ExtensionConfigurationException if a value is needed and cannot be read
     */
    SandboxDeclaration withParameters(Function<String, Optional<String>> parameters) {
        SortedMap<Element, DeclaredValue> completed = new TreeMap<>(values);
        boolean hasBase = hasBase(values);
        for (Setting setting : Setting.values()) {
            Element element = new Element(setting);
            if (!values.containsKey(element) && !(hasBase && setting.isBase())) {
                read(setting, parameters).ifPresent(value -> completed.put(element, value));
            }
        }
        return new SandboxDeclaration(completed);
    }

    private static Optional<DeclaredValue> read(Setting setting, Function<String, Optional<String>> parameters) {
        return setting.parameter().flatMap(name -> parameters
                .apply(name)
                .filter(text -> !text.isBlank())
                .map(text -> setting.read(text.strip(), "configuration parameter " + name)));
    }

    private static boolean hasBase(SortedMap<Element, DeclaredValue> values) {
        return values.keySet().stream().anyMatch(element -> element.setting().isBase());
    }

    /** Whether it sets anything but a name. */
    boolean setsMoreThanName() {
        return values.keySet().stream().anyMatch(element -> element.setting() != Setting.NAME);
    }

    /** Whether it sets something, or a part of it. */
    boolean sets(Setting setting) {
        return values.keySet().stream().anyMatch(element -> element.setting() == setting);
    }

    String name() {
        DeclaredValue name = values.get(new Element(Setting.NAME));
        return name == null ? "" : name.value().toString();
    }

    /** Returns the files to copy in, as {@link Sandbox#files} has them. */
    List<String> files() {
        DeclaredValue files = values.get(new Element(Setting.FILES));
        return files == null
                ? List.of()
                : ((List<?>) files.value()).stream().map(Object::toString).filter(file -> !file.isEmpty()).toList();
    }

    /** Returns when to reset; never {@link Sandbox.Reset#DEFAULT}. */
    Sandbox.Reset reset() {
        DeclaredValue reset = values.get(new Element(Setting.RESET));
        return reset == null ? Sandbox.Reset.METHOD : (Sandbox.Reset) reset.value();
    }

    /** Returns when a transcript is written; never {@link Sandbox.Keep#DEFAULT}. */
    Sandbox.Keep transcript() {
        return keep(Setting.TRANSCRIPT, Sandbox.Keep.FAILED);
    }

    /** Returns when files are kept; never {@link Sandbox.Keep#DEFAULT}. */
    Sandbox.Keep keepFiles() {
        boolean never = transcript() == Sandbox.Keep.NEVER;
        return keep(Setting.KEEP_FILES, never ? Sandbox.Keep.NEVER : Sandbox.Keep.FAILED);
    }

    /** Whether what happens is printed. */
    boolean console() {
        DeclaredValue console = values.get(new Element(Setting.CONSOLE));
        return console != null && (Boolean) console.value();
    }

    /** Returns how much is kept of files, in bytes; only of a declaration with a valid {@link #spec}. */
    long keepFilesMax() {
        DeclaredValue max = values.get(new Element(Setting.KEEP_FILES_MAX));
        return max == null ? KEEP_FILES_MAX : Units.bytes(max.value().toString());
    }

    private Sandbox.Keep keep(Setting setting, Sandbox.Keep otherwise) {
        DeclaredValue keep = values.get(new Element(setting));
        return keep == null ? otherwise : (Sandbox.Keep) keep.value();
    }

    /**
     * Returns the spec.
     *
     * @param place what asks for the sandbox, for messages: {@code field A.shell}
     * @throws ExtensionConfigurationException if a value is not valid, or if there is no image
     */
    SandboxSpec spec(String place) {
        if (!hasBase(values)) {
            throw new ExtensionConfigurationException("No image for the sandbox of " + place
                    + ": neither `image` nor `dockerfile` is set there, on its method or its classes, or by a"
                    + " configuration parameter. Write for example @Sandbox(image = \"debian:bookworm-slim\"), or set "
                    + SandboxParameters.IMAGE + ".");
        }
        SandboxSpec spec = null;
        for (DeclaredValue value : values.values()) {
            spec = value.applyTo(spec);
        }
        return Objects.requireNonNull(spec);
    }

    /** Lists for a message what this declaration and another one set differently, one element a line. */
    String differences(SandboxDeclaration other) {
        SortedSet<Element> all = new TreeSet<>(values.keySet());
        all.addAll(other.values.keySet());
        List<String> lines = new ArrayList<>();
        for (Element element : all) {
            DeclaredValue here = values.get(element);
            DeclaredValue there = other.values.get(element);
            if (here == null || there == null || !here.value().equals(there.value())) {
                lines.add("\n  " + element + ": " + describe(here) + " and " + describe(there));
            }
        }
        return String.join("", lines);
    }

    private static String describe(@Nullable DeclaredValue value) {
        return value == null ? "not set" : value.toString();
    }
}
