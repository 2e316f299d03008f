package org.junitsandbox.corpus;

import java.util.Arrays;

/** A place at which a file ends too early. */
record Cut(String variant, String description, int length) {

    byte[] of(byte[] whole) {
        return Arrays.copyOf(whole, length);
    }
}
