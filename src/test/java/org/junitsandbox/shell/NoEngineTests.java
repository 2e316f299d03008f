package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.ChildJvm;

/** A machine without an engine, seen from a JVM of its own: the engine is looked for once in each. */
class NoEngineTests {

    @Test
    void namesWhatWasTriedAndWhatToDo(@TempDir Path home) throws Exception {
        String nowhere = "unix://" + home.resolve("engine.sock");

        assertThat(printed(List.of(), home, Map.of("DOCKER_HOST", nowhere)))
                .isEqualTo("EngineUnavailableException: No container engine answers. DOCKER_HOST is " + nowhere
                        + ": there is no such file.\nStart the engine.\nNo other engine takes the place of one that is"
                        + " named. To use another one, correct or remove DOCKER_HOST.\nThe engine is looked for once in"
                        + " a JVM.");
    }

    @Test
    void namesTheUsualPlacesIfNoEngineIsNamed(@TempDir Path home) throws Exception {
        assertThat(printed(List.of(), home, Map.of()))
                .isEqualTo("EngineUnavailableException: No container engine answers. None is named, and none listens in"
                        + " a usual place.\nStart Docker or Podman. If an engine listens elsewhere, name its address,"
                        + " for example DOCKER_HOST=unix:///run/user/1000/docker.sock.\nThe engine is looked for once"
                        + " in a JVM.");
    }

    @Test
    void namesTheGroupOfASocketThatTheUserMayNotUse(@TempDir Path home) throws Exception {
        assumeThat(System.getProperty("user.name")).as("the user, who gives a socket away").isEqualTo("root");
        Path socket = home.resolve("engine.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            UserPrincipalLookupService users = socket.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(socket, users.lookupPrincipalByName("nobody"));
            Files.setAttribute(socket, "posix:group", users.lookupPrincipalByGroupName("daemon"));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));

            // What makes root someone to whom permissions apply.
            List<String> mortal = List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search");
            assertThat(printed(mortal, home, Map.of("DOCKER_HOST", "unix://" + socket)))
                    .contains("DOCKER_HOST is unix://" + socket + ": user root may not use that socket, which is open"
                            + " to its owner and to group daemon.\nPut the user into the group, then log in again: sudo"
                            + " usermod --append --groups daemon root\n");
        }
    }

    @Test
    void refusesAnEngineBehindSshRatherThanTakeAnother(@TempDir Path home) throws Exception {
        assertThat(printed(List.of(), home, Map.of("DOCKER_HOST", "ssh://me@far.example:2222/run/docker.sock")))
                .contains(
                        """
                        DOCKER_HOST is ssh://me@far.example:2222/run/docker.sock: the library does not speak SSH.
                        Forward the engine's socket with ssh, and point DOCKER_HOST at the forwarded one:
                          ssh -N -p 2222 -L /tmp/engine.sock:/var/run/docker.sock me@far.example
                          DOCKER_HOST=unix:///tmp/engine.sock""");
    }

    /** Returns what a JVM prints, on either stream, that opens a sandbox. */
    private static String printed(List<String> prefix, Path home, Map<String, String> environment) throws Exception {
        // No name of an operating system, so that no socket of this machine is looked for.
        List<String> line = new ArrayList<>(prefix);
        line.addAll(ChildJvm.commandLine(
                List.of("-Duser.home=" + home, "-Dos.name=none"),
                ImageProbe.class,
                "busybox:latest",
                "MISSING",
                "true"));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DOCKER_") || name.startsWith("TESTCONTAINERS_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
