package org.junitsandbox;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.TransferException;

/** The files of {@link Sandbox#files}. */
final class SandboxFiles {

    /** What a file of the project begins with. */
    private static final String PROJECT = "file:";

    private SandboxFiles() {}

    /**
     * Copies files into the directory that a shell starts in.
     *
     * @param owner the class that finds resources
     * @param place what requested the sandbox, for messages
     * @throws ExtensionConfigurationException if one cannot be copied
     */
    static void copyIn(List<String> files, Class<?> owner, String place, Shell shell) {
        for (String file : files) {
            try {
                if (file.startsWith(PROJECT)) {
                    Path path = Path.of(file.substring(PROJECT.length()));
                    shell.copyIn(path, String.valueOf(path.toAbsolutePath().normalize().getFileName()));
                } else {
                    shell.copyInResource(owner, file, file.substring(file.lastIndexOf('/') + 1));
                }
            } catch (TransferException | IllegalArgumentException e) {
                throw new ExtensionConfigurationException(
                        "File \"" + file + "\" of @Sandbox for " + place + ": " + e.getMessage(), e);
            }
        }
    }
}
