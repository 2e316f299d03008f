package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTextTests {

    @ParameterizedTest
    @ValueSource(strings = {
        "# syntax=docker/dockerfile:1\nFROM a",
        "# escape=`\n# syntax = docker/dockerfile:1\nFROM a",
        "FROM a\nRUN --mount=type=cache,target=/c true",
        "FROM a\n  run --network=none true",
        "FROM a\nCOPY --chmod=0700 b c",
        "FROM a\nCOPY --chown=1:1 --link b c",
        "FROM a\nADD --checksum=sha256:1 b c",
        "FROM a\nRUN <<EOF\ntrue\nEOF",
        "FROM a\nRUN python3 <<-'EOF'\ntrue\nEOF",
        "FROM a\nCOPY <<\"EOF\" /c\ntrue\nEOF",
    })
    void knowsWhatNeedsBuildKit(String text) {
        assertThat(new DockerfileText(text).needsBuildKit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "FROM a\nCOPY --chown=1:1 b c\nCOPY --from=x b c",
        "FROM a\nRUN mount --mount && echo $((1<<2))",
        "FROM a\n# RUN --mount=type=cache true",
        "FROM a\n# syntax=docker/dockerfile:1",
    })
    void leavesTheRestToDockersOwnBuilder(String text) {
        assertThat(new DockerfileText(text).needsBuildKit()).isFalse();
    }

    @Test
    void namesTheImagesThatItStartsFrom() {
        String text =
                """
                ARG BASE=x
                FROM --platform=linux/amd64 registry.example/build:1 AS Build
                FROM debian
                from build
                FROM $BASE
                FROM scratch
                """;

        assertThat(new DockerfileText(text).baseImages()).containsExactly("registry.example/build:1", "debian");
    }
}
