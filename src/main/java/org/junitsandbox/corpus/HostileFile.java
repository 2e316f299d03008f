package org.junitsandbox.corpus;

import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that attacks the program that handles it.
 *
 * @since 0.1
 */
public final class HostileFile implements CorpusFile {

    private final String name;
    private final String extension;
    private final String uploadName;
    private final Format format;
    private final Attack attack;
    private final String description;
    private final String reference;
    private final String safeHandling;
    private final Expansion expansion;
    private final boolean huge;
    private final Content content;
    private final HarmlessFile twin;

    private HostileFile(Builder builder) {
        name = builder.name;
        format = builder.format;
        attack = builder.attack;
        extension = Objects.requireNonNullElse(builder.extension, format.extension());
        uploadName = Objects.requireNonNullElse(builder.uploadName, fileName());
        description = Objects.requireNonNull(builder.description, name);
        reference = Objects.requireNonNullElse(builder.reference, attack.weakness());
        safeHandling = Objects.requireNonNullElse(builder.safeHandling, attack.safeHandling());
        expansion = builder.expansion;
        huge = builder.huge;
        content = Objects.requireNonNull(builder.content, name);
        String twinName = name + "-twin." + Objects.requireNonNullElse(builder.twinExtension, extension);
        twin = new HarmlessFile(
                twinName,
                Objects.requireNonNullElse(builder.twinUploadName, twinName),
                Objects.requireNonNull(builder.twin, name));
    }

    /**
     * Begins a file that is named by its format, its attack and a variant, such as {@code zip-traversal-parent}.
     *
     * @param variant lower-case letters, digits and hyphens
     */
    static Builder of(Format format, Attack attack, String variant) {
        return new Builder(format, attack, variant);
    }

    /** {@return what identifies the file: format, attack and variant, such as {@code zip-traversal-parent}} */
    public String name() {
        return name;
    }

    @Override
    public String fileName() {
        return name + "." + extension;
    }

    @Override
    public String uploadName() {
        return uploadName;
    }

    /** {@return what the file is, or pretends to be} */
    public Format format() {
        return format;
    }

    /** {@return what the file does to a program that trusts it} */
    public Attack attack() {
        return attack;
    }

    /** {@return what is hostile in the file, in one or two sentences of printable ASCII} */
    public String description() {
        return description;
    }

    /** {@return where the attack is described: weaknesses (CWE), known holes (CVE), sections of the specification} */
    public String reference() {
        return reference;
    }

    /** {@return what a safe program does with the file} */
    public String safeHandling() {
        return safeHandling;
    }

    /** {@return what a program that trusts the file gets out of it} */
    public Expansion expansion() {
        return expansion;
    }

    /** {@return whether the file itself is larger than 4 MiB, so that it is made only when asked for} */
    public boolean isHuge() {
        return huge;
    }

    @Override
    public InputStream open() {
        return content.open();
    }

    @Override
    public byte[] bytes() {
        return content.bytes();
    }

    /** {@return the harmless twin: a program that is safe and useful takes it} */
    public HarmlessFile harmlessTwin() {
        return twin;
    }

    /** {@return the file name and the description} */
    @Override
    public String toString() {
        return fileName() + ": " + description;
    }

    /** What a catalogue sets of a file. */
    static final class Builder {

        private final String name;
        private final Format format;
        private final Attack attack;
        private @Nullable String extension;
        private @Nullable String uploadName;
        private @Nullable String description;
        private @Nullable String reference;
        private @Nullable String safeHandling;
        private Expansion expansion = new Expansion(0, 0, 0);
        private boolean huge;
        private @Nullable Content content;
        private @Nullable Content twin;
        private @Nullable String twinExtension;
        private @Nullable String twinUploadName;

        private Builder(Format format, Attack attack, String variant) {
            this.format = format;
            this.attack = attack;
            name = (format + "-" + attack).toLowerCase(Locale.ROOT).replace('_', '-') + "-" + variant;
        }

        Builder describedAs(String text) {
            description = text;
            return this;
        }

        /** Where the attack is described, besides the weakness of its kind, which is put before it. */
        Builder reference(String text) {
            String weakness = attack.weakness();
            reference = text.startsWith(weakness) ? text : weakness + ", " + text;
            return this;
        }

        /** What a safe program does, where that is not what the attack's kind says. */
        Builder safeHandling(String text) {
            safeHandling = text;
            return this;
        }

        Builder expandsTo(long bytes, long entries, int depth) {
            expansion = new Expansion(bytes, entries, depth);
            return this;
        }

        /** Where it is not the format's. */
        Builder extension(String text) {
            extension = text;
            return this;
        }

        /** Where the name is the attack. */
        Builder uploadName(String hostile, String harmless) {
            uploadName = hostile;
            twinUploadName = harmless;
            return this;
        }

        /** The file itself is larger than 4 MiB. */
        Builder huge() {
            huge = true;
            return this;
        }

        Builder content(Content hostile) {
            content = hostile;
            return this;
        }

        Builder twin(Content harmless) {
            twin = harmless;
            return this;
        }

        /** Where the hostile file's extension is part of the attack. */
        Builder twinExtension(String text) {
            twinExtension = text;
            return this;
        }

        /**
         * Completes the file.
         *
         * @throws NullPointerException with the file's name, if it has no description, content or twin
         */
        HostileFile build() {
            return new HostileFile(this);
        }
    }
}
