package org.junitsandbox.corpus;

import java.io.InputStream;

/**
 * The twin of a hostile file: as similar as can be, but without the attack. A program that refuses it is not safe, but
 * useless.
 *
 * @since 0.1
 */
public final class HarmlessFile implements CorpusFile {

    private final String fileName;
    private final String uploadName;
    private final Content content;

    HarmlessFile(String fileName, String uploadName, Content content) {
        this.fileName = fileName;
        this.uploadName = uploadName;
        this.content = content;
    }

    @Override
    public String fileName() {
        return fileName;
    }

    @Override
    public String uploadName() {
        return uploadName;
    }

    @Override
    public InputStream open() {
        return content.open();
    }

    @Override
    public byte[] bytes() {
        return content.bytes();
    }

    /** Returns the file name. */
    @Override
    public String toString() {
        return fileName;
    }
}
