package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junitsandbox.internal.text.ByteText;

/**
 * Names of files of this machine as {@link ByteText}, whatever the charset that this JVM has for them. On a Unix, a
 * path is bytes; as text it may have lost some of them, and not every text can be made a path. As a URI it is those
 * bytes.
 */
final class HostNames {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private HostNames() {}

    /** Returns the path of a file below a directory, with slashes; empty for the directory itself. */
    static String relative(Path directory, Path file) {
        if (!isBytes(file)) {
            return directory.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        }
        String below = absolute(file).substring(absolute(directory).length());
        return below.startsWith("/") ? below.substring(1) : below;
    }

    /** Returns a path as it is: the target of a link, for example, relative or absolute. */
    static String of(Path path) {
        if (!isBytes(path)) {
            return path.toString();
        }
        // A URI is absolute.
        return path.isAbsolute() ? absolute(path) : relative(Path.of("").toAbsolutePath(), path);
    }

    /**
     * Returns the path of a file below a directory.
     *
     * @param names what leads there from the directory
     * @throws InvalidPathException if a file cannot have such a name here, or if it would lead elsewhere
     */
    static Path resolve(Path directory, List<String> names) {
        String relative = String.join("/", names);
        Path path;
        if (isBytes(directory) && relative.chars().anyMatch(c -> c > '~')) {
            path = Path.of(URI.create(withSlash(directory.toUri().toString()) + percentEncoded(relative)));
        } else {
            path = directory.toAbsolutePath().resolve(relative);
        }
        Path start = directory.toAbsolutePath();
        if (!path.startsWith(start) || path.getNameCount() != start.getNameCount() + names.size()) {
            throw new InvalidPathException(relative, "leads elsewhere on this machine");
        }
        return path;
    }

    private static boolean isBytes(Path path) {
        return path.getFileSystem() == FileSystems.getDefault()
                && path.getFileSystem().getSeparator().equals("/");
    }

    private static String absolute(Path path) {
        byte[] encoded = path.toUri().getRawPath().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                bytes.write(Character.digit(encoded[++i], 16) << 4 | Character.digit(encoded[++i], 16));
            } else {
                bytes.write(encoded[i]);
            }
        }
        String text = ByteText.decode(bytes.toByteArray());
        // A directory's URI has a slash at its end.
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String withSlash(String uri) {
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : ByteText.encode(text)) {
            char character = (char) (unit & 0xFF);
            if (character == '/' || UNRESERVED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append("%%%02X".formatted((int) character));
            }
        }
        return encoded.toString();
    }
}
