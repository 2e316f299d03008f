package org.junitsandbox.shell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A hash of everything that goes into an image, by which the image is found again. */
final class ContentHash {

    private final MessageDigest digest = Sha256.begin();

    /** Adds a text. Where it ends counts, too. */
    ContentHash add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /** Returns the hash of what was added, in hexadecimal. To be called once. */
    String toHex() {
        return Sha256.end(digest);
    }
}
