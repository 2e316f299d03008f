package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junitsandbox.Limits;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** Makes thumbnails of pictures that users upload. Any of them may attack the program that opens it. */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {"apt-get update", "apt-get install -y --no-install-recommends graphicsmagick"})
class ThumbnailTest {

    private static final byte[] JPEG_MAGIC = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private static final String MAKE_THUMBNAIL =
            "gm convert -size 120x120 avatar.jpg -resize 120x120 +profile '*' thumbnail.jpg";

    private final Path avatar = Path.of("src/test/resources/avatar.jpg");

    @Test
    void shrinksAnAvatar(Shell shell) throws IOException {
        shell.copyIn(avatar, "avatar.jpg");

        CommandResult result =
                shell.run("gm convert -size 120x120 avatar.jpg -resize 120x120 +profile '*' thumbnail.jpg");

        assertThat(result).succeeded().hasNoStderr();
        assertThat(shell).file("thumbnail.jpg").isRegularFile().startsWith(JPEG_MAGIC);
        BufferedImage thumbnail = ImageIO.read(new ByteArrayInputStream(shell.copyOut("thumbnail.jpg")));
        assertThat(thumbnail.getWidth()).isEqualTo(120);
        assertThat(thumbnail.getHeight()).isEqualTo(90);
    }

    @Test
    void startsFromACleanImage(Shell shell) {
        assertThat(shell).doesNotExist("avatar.jpg");
        assertThat(shell).doesNotExist("thumbnail.jpg");
    }

    @Test
    void removesThePlaceThatThePictureWasTakenAt(Shell shell) {
        shell.copyIn(avatar, "avatar.jpg");
        assertThat(shell).file("avatar.jpg").contentContains("At home");

        assertThat(shell.run(MAKE_THUMBNAIL)).succeeded();

        assertThat(new String(shell.copyOut("thumbnail.jpg"), StandardCharsets.ISO_8859_1)).doesNotContain("At home");
    }

    @Test
    void rejectsAFileThatIsNotAPicture(Shell shell) {
        shell.copyIn("#!/bin/sh\necho gotcha >/tmp/gotcha\n".getBytes(StandardCharsets.UTF_8), "avatar.jpg");

        assertThat(shell.run(MAKE_THUMBNAIL)).failed().stderrContains("gm convert: ");
        assertThat(shell).doesNotExist("thumbnail.jpg");
        assertThat(shell).doesNotExist("/tmp/gotcha");
    }

    @Test
    void doesNotReadOtherFilesThatAPictureNames(Shell shell) {
        String readsPasswords = "push graphic-context\nviewbox 0 0 640 480\n"
                + "image over 0,0 0,0 '/etc/passwd'\npop graphic-context\n";
        shell.copyIn(readsPasswords.getBytes(StandardCharsets.UTF_8), "avatar.jpg");

        assertThat(shell.run(MAKE_THUMBNAIL)).failed();
        assertThat(shell).doesNotExist("thumbnail.jpg");
    }

    @Test
    void survivesAPictureThatFillsTheMemory(
            @Sandbox(limits = @Limits(memory = "64MiB", commandTime = "20s")) Shell shell) {
        CommandResult result = shell.run("gm convert -size 20000x20000 xc:red -resize 120x120 thumbnail.jpg");

        assertThat(result.succeeded()).isFalse();
        assertThat(shell.run("echo still here")).succeeded().hasStdout("still here\n");
    }
}
