package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.List;

/** Kinds of hostile files that others list, and where the corpus has them, or why it has not. */
final class Coverage {

    /**
     * A kind in somebody's list.
     *
     * @param source whose list
     * @param kind what it is called there
     * @param names beginnings of names in the corpus
     * @param reason why there is no file, if there is none
     */
    record Kind(String source, String kind, List<String> names, String reason) {}

    private static final String OWASP = "OWASP File Upload";
    private static final String ZIP_SLIP = "Zip Slip";
    private static final String XZ = "xz tests/files";
    private static final String LIBARCHIVE = "libarchive tests";

    static final List<Kind> KINDS = List.of(
            of(
                    OWASP,
                    "double extensions",
                    "file-name-wrong-type-double-extension",
                    "file-name-wrong-type-inner-extension"),
            of(OWASP, "null bytes in names", "file-name-encoding-null"),
            of(OWASP, "length of names", "file-name-long-name"),
            of(
                    OWASP,
                    "characters in names, leading dots and hyphens",
                    "file-name-injection",
                    "file-name-wrong-type-no-name"),
            of(OWASP, "reserved names of Windows", "file-name-special-file"),
            of(OWASP, "overwriting existing files", "file-name-traversal", "zip-traversal", "tar-link"),
            of(OWASP, "zip bombs", "zip-bomb", "zip-overlap", "gzip-bomb"),
            of(OWASP, "huge files", "tar-bomb-terabyte", "text-bomb-gigabyte-line"),
            of(OWASP, "content type and signature that are not true", "text-wrong-type", "zip-polyglot"),
            of(OWASP, "active content for browsers", "zip-polyglot-html", "file-name-injection-markup", "svg-active"),
            of(
                    OWASP,
                    "XML external entities",
                    "xml-external-reference",
                    "svg-external-reference",
                    "docx-external-reference-entity",
                    "pdf-external-reference-form-entity"),
            of(OWASP, "XML bombs", "xml-bomb", "svg-bomb", "docx-bomb-entities"),
            of(OWASP, "macros and scripts in documents", "docx-active", "xlsx-active", "odt-active", "pdf-active"),
            of(OWASP, "formulas in tables", "csv-injection", "xlsx-external-reference-web-service"),
            of(
                    OWASP,
                    "attacks on readers of pictures, such as ImageTragick",
                    "png-wrong-type-mvg",
                    "png-wrong-type-msl",
                    "svg-external-reference-image"),
            of(OWASP, "malware", "text-detection", "zip-detection", "seven-zip-detection"),
            none(OWASP, "phishing, and illegal content", "Only people can tell it from other content."),
            none(OWASP, "cross-site request forgery of the upload", "It is an attack by a request, not by a file."),
            of(
                    ZIP_SLIP,
                    "names that lead upwards",
                    "zip-traversal-parent",
                    "tar-traversal-parent",
                    "jar-traversal-parent"),
            of(
                    ZIP_SLIP,
                    "absolute names",
                    "zip-traversal-absolute",
                    "tar-traversal-absolute",
                    "cpio-traversal-absolute"),
            of(ZIP_SLIP, "names with backslashes", "zip-traversal-backslash", "seven-zip-traversal-backslash"),
            of(ZIP_SLIP, "links", "zip-link", "tar-link", "cpio-link", "seven-zip-link"),
            of(XZ, "bad-0-header_magic, bad-0-footer_magic", "xz-malformed-header-magic", "xz-malformed-footer-magic"),
            of(XZ, "bad-0-empty-truncated", "xz-truncated"),
            of(XZ, "bad-0-nonempty_index", "xz-wrong-size-index-blocks"),
            of(XZ, "bad-0-backward_size", "xz-malformed-backward-size"),
            of(XZ, "bad-0pad, bad-0catpad", "xz-concatenated-stream-padding"),
            of(XZ, "bad-0cat-alone, bad-0cat-header_magic", "xz-concatenated-trailing-data"),
            of(XZ, "bad-1-stream_flags", "xz-malformed-flags-differ", "xz-wrong-checksum-stream"),
            of(XZ, "bad-1-vli", "xz-malformed-number"),
            of(
                    XZ,
                    "bad-1-block_header",
                    "xz-malformed-filter",
                    "xz-wrong-checksum-block-header",
                    "xz-huge-promise-block-size"),
            of(XZ, "bad-1-check", "xz-wrong-checksum-crc32", "xz-wrong-checksum-crc64", "xz-wrong-checksum-sha256"),
            of(
                    XZ,
                    "bad-1-lzma2: resets, control byte, properties, end",
                    "xz-malformed-no-dictionary-reset",
                    "xz-malformed-chunk-control",
                    "xz-malformed-properties",
                    "xz-malformed-no-end"),
            of(
                    XZ,
                    "bad-2-index, bad-3-index-uncomp-overflow",
                    "xz-wrong-size-index",
                    "xz-wrong-checksum-index",
                    "xz-huge-promise-index"),
            of(XZ, "bad-2-compressed_data_padding", "xz-malformed-padding"),
            of(XZ, "unsupported-check, unsupported-filter_flags", "xz-malformed-reserved-flags", "xz-malformed-filter"),
            none(XZ, ".lzma and .lz files", "Neither format is common in uploads."),
            of(LIBARCHIVE, "7z: headers that are too large", "seven-zip-huge-promise"),
            of(LIBARCHIVE, "7z: damaged coders", "seven-zip-malformed-method", "seven-zip-loop-coders"),
            of(
                    LIBARCHIVE,
                    "tar: sizes, pax records and sparse maps that are not valid",
                    "tar-wrong-size",
                    "tar-malformed"),
            of(LIBARCHIVE, "tar: names in other encodings", "tar-encoding"),
            of(
                    LIBARCHIVE,
                    "zip: damaged, encrypted, with prefix, with entries that nobody lists",
                    "zip-wrong-checksum",
                    "zip-encrypted",
                    "zip-polyglot",
                    "zip-ambiguity-unlisted"),
            of(
                    LIBARCHIVE,
                    "compressed streams that end early or have more behind them",
                    "gzip-truncated",
                    "bzip2-truncated",
                    "zstd-truncated",
                    "gzip-concatenated",
                    "zstd-huge-promise-skippable"),
            of(LIBARCHIVE, "ar and cpio: names and sizes", "ar-wrong-size", "ar-malformed", "cpio-traversal"),
            none(
                    LIBARCHIVE,
                    "rar, cab, lha, iso, xar, warc, mtree, lrzip, uu",
                    "Most of them attack one bug of one reader, in formats that few programs accept."));

    private Coverage() {}

    private static Kind of(String source, String kind, String... names) {
        return new Kind(source, kind, List.of(names), "");
    }

    private static Kind none(String source, String kind, String reason) {
        return new Kind(source, kind, List.of(), reason);
    }

    static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "## Lists of others",
                "",
                "Which kinds others list, and the beginnings of the names that they have here. Where the corpus has"
                        + " none, the table says why.",
                "",
                "| list | kind | here |",
                "|---|---|---|"));
        for (Kind kind : KINDS) {
            String here = kind.names().isEmpty() ? kind.reason() : "`" + String.join("`, `", kind.names()) + "`";
            lines.add(CataloguePage.row(kind.source(), kind.kind(), here));
        }
        return lines;
    }
}
