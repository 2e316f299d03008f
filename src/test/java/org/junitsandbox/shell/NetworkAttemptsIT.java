package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Programs that a file makes reach for another machine, and the same programs that do not. */
@Timeout(300)
class NetworkAttemptsIT {

    static final SandboxSpec SPEC = ShellKind.DASH
            .spec()
            .setup(
                    "apt-get update",
                    "apt-get install -y --no-install-recommends graphicsmagick libxml2-utils ffmpeg python3"
                            + " imagemagick libmagickcore-6.q16-6-extra",
                    // So that it is in force where a command says so only.
                    "mkdir /etc/policy && mv /etc/ImageMagick-6/policy.xml /etc/policy/")
            .limits(ResourceLimits.DEFAULT.memory("512MiB").commandTime(Duration.ofMinutes(1)));

    private static final String SVG =
            """
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
              <rect width="9" height="9" fill="red"/>%s
            </svg>
            """;

    private static final String REMOTE_SVG =
            SVG.formatted("<image xlink:href=\"http://192.0.2.1/a.png\" width=\"9\" height=\"9\"/>");

    private static final String XML = "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://192.0.2.1/x\">]><a>&x;</a>";

    private static final String PLAYLIST =
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://192.0.2.1/a.ts\n#EXT-X-ENDLIST\n";

    private static final String LOOK_UP =
            """
            import socket, sys
            try:
              socket.getaddrinfo(sys.argv[1], 80)
            except OSError as e:
              print(e)
            """;

    private static Shell shell;

    @BeforeAll
    static void open() {
        shell = Shell.open(SPEC);
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    static Stream<Arguments> jobs() {
        return Stream.of(
                Arguments.of("GraphicsMagick", "a.svg", REMOTE_SVG, "gm convert a.svg a.png", true),
                Arguments.of("GraphicsMagick", "a.svg", SVG.formatted(""), "gm convert a.svg a.png", false),
                Arguments.of("ImageMagick without a policy", "a.svg", REMOTE_SVG, "convert a.svg a.png", true),
                Arguments.of("ImageMagick without a policy", "a.svg", SVG.formatted(""), "convert a.svg a.png", false),
                Arguments.of(
                        "ImageMagick with Debian's policy",
                        "a.svg",
                        REMOTE_SVG,
                        "MAGICK_CONFIGURE_PATH=/etc/policy convert a.svg a.png",
                        false),
                Arguments.of("xmllint", "a.xml", XML, "xmllint --noent a.xml", true),
                Arguments.of("xmllint without a network", "a.xml", XML, "xmllint --nonet --noent a.xml", false),
                Arguments.of("xmllint without entities", "a.xml", XML, "xmllint a.xml", false),
                Arguments.of(
                        "ffmpeg with its consent",
                        "a.m3u8",
                        PLAYLIST,
                        "ffmpeg -v error -protocol_whitelist file,http,tcp -i a.m3u8 a.wav",
                        true),
                Arguments.of("ffmpeg", "a.m3u8", PLAYLIST, "ffmpeg -v error -i a.m3u8 a.wav", false),
                Arguments.of("Python", "a.py", LOOK_UP, "python3 a.py example.org", true),
                Arguments.of("Python with an address", "a.py", LOOK_UP, "python3 a.py 192.0.2.1", false));
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource("jobs")
    void isSeenExactlyWhereItIsMade(String program, String file, String content, String command, boolean tries) {
        shell.copyIn(content.getBytes(StandardCharsets.UTF_8), file);
        shell.usage();
        CommandResult result = shell.run(command);

        assertThat(result.exitCode()).as(result.stderr()).isNotIn(126, 127);
        if (tries) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(result).triedNoNetwork())
                    .withMessageMatching("(?s).*but it made [1-9][0-9]* attempts? to reach an IPv4 address.*");
        } else {
            assertThat(result).triedNoNetwork();
        }
        assertThat(result.usage().activityCount()).isEqualTo(1);
    }
}
