package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkWalkTests {

    private final Map<String, String> links = new HashMap<>(Map.of(
            "/work/out/up", "..",
            "/work/out/here", ".",
            "/work/out/d/self", "self",
            "/work/out/one", "two",
            "/work/out/two", "one",
            "/work/out/root", "/",
            "/work/out/other", "/tmp/out",
            "/work/back", "/work/out"));

    private Optional<String> follow(String target, String... directories) {
        links.put("/work/out/d/link", target);
        return new LinkWalk(new DirectorySet(List.of(directories)), path -> Optional.ofNullable(links.get(path)))
                .wayOut("/work/out/d/link");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, /etc/passwd",
        "../../x, /work/x",
        "../../../../../x/y, /x/y",
        "/, /",
        "..//../., /work",
        "../up, /work",
        "../up/x, /work/x",
        "../here/here/up/out/../x, /work/x",
        "../root/etc, /etc",
        "../root/work/out/root/tmp, /tmp",
        "../other/x, /tmp/out/x",
        "/work/outer, /work/outer",
        "/work/ou, /work/ou",
        "nothing/../../../x, /work/x",
        "/work/back/x, /work/back/x",
        "/tmp/../work/out/x, /tmp/../work/out/x"
    })
    void findsWhereALinkLeavesTheDirectory(String target, String outside) {
        assertThat(follow(target, "/work/out")).contains(outside);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x", "..", "../here", "../here/d", "/work/out", "/work/out/", "//work/./out/nothing", "../../out/x",
        "../root/work/out", "../up/out", "self", "../one", "../one/../../../x", "link", "../../../work/out/d"
    })
    void followsALinkThatStaysInside(String target) {
        assertThat(follow(target, "/work/out")).isEmpty();
    }

    @Test
    void takesEachOfSeveralDirectoriesForInside() {
        assertThat(follow("../other/x", "/work/out", "/tmp/out")).isEmpty();
        assertThat(follow("../other/../x", "/work/out", "/tmp/out")).contains("/tmp/x");
        assertThat(follow("/anything", "/")).isEmpty();
    }

    @Test
    void givesUpWhereLinksAreTooManyAndTooLong() {
        String longest = "a/".repeat(2_000);
        LinkWalk walk = new LinkWalk(new DirectorySet(List.of("/w")), path -> Optional.of("/w/x").filter(path::equals)
                .map(link -> longest));

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        walk.wayOut("/w/x");
                    }
                })
                .withMessage("Where symbolic links lead cannot be found out: they are so many and so long that it would"
                        + " take minutes");
    }
}
