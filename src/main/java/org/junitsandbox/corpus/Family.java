package org.junitsandbox.corpus;

/** Begins the files of one format, which share a twin. */
final class Family {

    private final Format format;
    private final Content twin;

    private Family(Format format, Content twin) {
        this.format = format;
        this.twin = twin;
    }

    static Family of(Format format, Content twin) {
        return new Family(format, twin);
    }

    static Family of(Format format, String twin) {
        return of(format, Content.of(twin));
    }

    HostileFile.Builder begin(Attack attack, String variant, String description, String reference) {
        return HostileFile.of(format, attack, variant)
                .describedAs(description)
                .reference(reference)
                .twin(twin);
    }

    HostileFile file(Attack attack, String variant, String description, String reference, String text) {
        return file(attack, variant, description, reference, Content.of(text));
    }

    HostileFile file(Attack attack, String variant, String description, String reference, Content content) {
        return begin(attack, variant, description, reference).content(content).build();
    }
}
