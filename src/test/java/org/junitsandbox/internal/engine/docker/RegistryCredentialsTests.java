package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials as {@code docker login} leaves them. */
class RegistryCredentialsTests {

    @TempDir
    private Path programs;

    private RegistryCredentials credentials(String config) throws IOException {
        return new RegistryCredentials(Optional.of(config), programs + "/docker-credential-");
    }

    private void helper(String name, String script) throws IOException {
        Path program = Files.writeString(programs.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void hasNoneWithoutAFile() throws IOException {
        assertThat(new RegistryCredentials(Optional.empty(), "none-").of("registry.example")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example:5000", "https://registry.example:5000"})
    void readsThemFromTheFile(String key) throws IOException {
        // me:se:cret
        AuthConfig found = credentials("{\"auths\": {\"" + key + "\": {\"auth\": \"bWU6c2U6Y3JldA==\"}}}")
                .of("registry.example:5000")
                .orElseThrow();

        assertThat(found.getUsername()).isEqualTo("me");
        assertThat(found.getPassword()).isEqualTo("se:cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "docker.io", "index.docker.io"})
    void knowsDockerHubByItsOwnName(String registry) throws IOException {
        AuthConfig found = credentials(
                        "{\"auths\": {\"https://index.docker.io/v1/\": {\"username\": \"me\","
                                + " \"password\": \"secret\"}}}")
                .of(registry)
                .orElseThrow();

        assertThat(found.getUsername()).isEqualTo("me");
        assertThat(found.getRegistryAddress()).isEqualTo("https://index.docker.io/v1/");
    }

    @Test
    void hasNoneForARegistryWithoutALogin() throws IOException {
        assertThat(credentials("{\"auths\": {\"other.example\": {\"auth\": \"bWU6c2VjcmV0\"}, \"here.example\": {}}}")
                        .of("here.example"))
                .isEmpty();
    }

    @Test
    void asksTheHelperOfARegistryBeforeTheStoreOfAll() throws IOException {
        helper("mine", "read -r server; echo '{\"ServerURL\":\"x\",\"Username\":\"'\"$server\"'\",\"Secret\":\"s\"}'");
        helper("all", "echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");
        RegistryCredentials credentials =
                credentials("{\"credsStore\": \"all\", \"credHelpers\": {\"here.example\": \"mine\"}}");

        assertThat(credentials.of("here.example").orElseThrow().getUsername()).isEqualTo("here.example");
        AuthConfig byToken = credentials.of("there.example").orElseThrow();
        assertThat(byToken.getIdentitytoken()).isEqualTo("t");
        assertThat(byToken.getUsername()).isNull();
    }

    @Test
    void hasNoneThatTheStoreDoesNotHave() throws IOException {
        helper("all", "echo 'credentials not found in native keychain'; exit 1");

        assertThat(credentials("{\"credsStore\": \"all\"}").of("here.example")).isEmpty();
    }

    @Test
    void namesAHelperThatFails() throws IOException {
        helper("all", "echo 'the keychain is locked'; exit 1");

        assertThatThrownBy(() -> credentials("{\"credsStore\": \"all\"}").of("here.example"))
                .isInstanceOf(IOException.class)
                .hasMessage(programs + "/docker-credential-all failed with exit code 1: the keychain is locked");
        assertThatThrownBy(() -> credentials("{\"credsStore\": \"missing\"}").of("here.example"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(programs + "/docker-credential-missing");
    }

    @Test
    void refusesAFileThatIsNotJson() {
        assertThatThrownBy(() -> credentials("{"))
                .isInstanceOf(IOException.class)
                .hasMessage("the credentials of registries are not JSON: it ends early");
    }
}
