package org.junitsandbox.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Prints a line with size and digest for each file of the default set and each twin, and at last the milliseconds of
 * CPU time that the JVM took. Runs in JVMs of its own. */
final class CorpusDigests {

    private CorpusDigests() {}

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (HostileFile file : Corpus.standard().files()) {
            print(out, file);
            print(out, file.harmlessTwin());
        }
        out.print(
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() + "\n");
    }

    private static void print(PrintStream out, CorpusFile file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long size;
        try (InputStream in = new DigestInputStream(file.open(), digest)) {
            size = in.transferTo(OutputStream.nullOutputStream());
        }
        out.print(size + " " + HexFormat.of().formatHex(digest.digest()) + " " + file.fileName() + "\n");
    }
}
