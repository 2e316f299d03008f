package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures as the JDK reads them. */
class PngPictureTests {

    private static BufferedImage read(byte[] picture) throws IOException {
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(picture)), "not a picture");
    }

    @Test
    void hasATwinThatTheJdkShows() throws IOException {
        BufferedImage picture = read(PngPicture.small());

        assertThat(picture.getWidth()).isEqualTo(8);
        assertThat(picture.getHeight()).isEqualTo(8);
        assertThat(picture.getRaster().getSample(3, 2, 0)).isEqualTo(16 * 2 + 3);
    }

    @Test
    void statesTheSizeOfABomb() throws IOException {
        byte[] bomb = Corpus.file("png-bomb-pixels").bytes();
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bomb))) {
            reader.setInput(in);

            assertThat(4L * reader.getWidth(0) * reader.getHeight(0))
                    .isEqualTo(Corpus.file("png-bomb-pixels").expansion().bytes());
        }
        reader.dispose();
        assertThat(bomb).hasSizeLessThan(50_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "png-wrong-size-no-width",
                "png-wrong-size-negative-height",
                "png-malformed-no-header",
                "png-malformed-depth",
                "png-malformed-colour-type",
                "png-truncated-in-header"
            })
    void isRefusedByTheJdk(String name) {
        byte[] picture = Corpus.file(name).bytes();

        assertThatThrownBy(() -> read(picture)).isInstanceOf(IOException.class);
    }
}
