package org.junitsandbox.corpus;

/**
 * What a hostile file is, or pretends to be.
 *
 * @since 0.1
 */
public enum Format {
    /** Zip archives, with and without the 64-bit extension. */
    ZIP(Group.ARCHIVE, "zip"),
    /** Java archives: zip with a manifest and signatures. */
    JAR(Group.ARCHIVE, "jar"),
    /** Tar archives in the dialects V7, POSIX (ustar, pax) and GNU. */
    TAR(Group.ARCHIVE, "tar"),
    /** Files and tar archives packed with gzip. */
    GZIP(Group.ARCHIVE, "gz"),
    /** Files packed with bzip2. */
    BZIP2(Group.ARCHIVE, "bz2"),
    /** Files packed with xz. */
    XZ(Group.ARCHIVE, "xz"),
    /** Files packed with Zstandard. */
    ZSTD(Group.ARCHIVE, "zst"),
    /** 7z archives. */
    SEVEN_ZIP(Group.ARCHIVE, "7z"),
    /** Cpio archives in the new ASCII format. */
    CPIO(Group.ARCHIVE, "cpio"),
    /** Archives of ar, as static libraries are. */
    AR(Group.ARCHIVE, "a"),
    /** Debian packages: ar with two tar archives. */
    DEB(Group.ARCHIVE, "deb"),
    /** Pictures in the format Portable Network Graphics. */
    PNG(Group.PICTURE, "png"),
    /** Pictures of JPEG, in JFIF files. */
    JPEG(Group.PICTURE, "jpg"),
    /** Pictures in the Graphics Interchange Format. */
    GIF(Group.PICTURE, "gif"),
    /** Bitmaps of Windows. */
    BMP(Group.PICTURE, "bmp"),
    /** Pictures in the Tag Image File Format. */
    TIFF(Group.PICTURE, "tif"),
    /** Pictures in the format WebP. */
    WEBP(Group.PICTURE, "webp"),
    /** Icons of Windows. */
    ICO(Group.PICTURE, "ico"),
    /** Documents of Photoshop. */
    PSD(Group.PICTURE, "psd"),
    /** Pictures in the format Scalable Vector Graphics: XML. */
    SVG(Group.PICTURE, "svg"),
    /** XML documents. */
    XML(Group.DOCUMENT, "xml"),
    /** JSON texts. */
    JSON(Group.DOCUMENT, "json"),
    /** YAML documents. */
    YAML(Group.DOCUMENT, "yaml"),
    /** Tables as text, with commas between the fields. */
    CSV(Group.DOCUMENT, "csv"),
    /** Documents in the Portable Document Format. */
    PDF(Group.DOCUMENT, "pdf"),
    /** Texts of Word: Office Open XML. */
    DOCX(Group.DOCUMENT, "docx"),
    /** Workbooks of Excel: Office Open XML. */
    XLSX(Group.DOCUMENT, "xlsx"),
    /** Texts in the OpenDocument format. */
    ODT(Group.DOCUMENT, "odt"),
    /** Tables in the OpenDocument format. */
    ODS(Group.DOCUMENT, "ods"),
    /** Pages of the web: HTML. */
    HTML(Group.DOCUMENT, "html"),
    /** Mails, with their parts. */
    EML(Group.DOCUMENT, "eml"),
    /** Playlists for streaming. */
    M3U8(Group.DOCUMENT, "m3u8"),
    /** Sounds and movies in MP4 files. */
    MP4(Group.DOCUMENT, "mp4"),
    /** Sounds in WAVE files. */
    WAV(Group.DOCUMENT, "wav"),
    /** Movies in AVI files. */
    AVI(Group.DOCUMENT, "avi"),
    /** SQLite databases. */
    SQLITE(Group.DOCUMENT, "sqlite"),
    /** Certificates as text: X.509 in PEM. */
    CERTIFICATE(Group.DOCUMENT, "pem"),
    /** Fonts in the format OpenType. */
    FONT(Group.DOCUMENT, "ttf"),
    /** File names: the name is the attack, and also the content. */
    FILE_NAME(Group.TEXT, "txt"),
    /** Plain text. */
    TEXT(Group.TEXT, "txt");

    /**
     * Formats that the same kind of program reads.
     *
     * @since 0.1
     */
    public enum Group {
        /** Archives and compressed files. */
        ARCHIVE,
        /** Pictures. */
        PICTURE,
        /** Documents, data and media. */
        DOCUMENT,
        /** File names and plain text. */
        TEXT
    }

    private final Group group;
    private final String extension;

    Format(Group group, String extension) {
        this.group = group;
        this.extension = extension;
    }

    /** {@return the kind of program that reads it} */
    public Group group() {
        return group;
    }

    /** {@return the usual end of a file's name, without the dot, such as {@code tar.gz}} */
    public String extension() {
        return extension;
    }
}
