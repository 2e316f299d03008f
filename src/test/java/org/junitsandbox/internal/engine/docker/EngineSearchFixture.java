package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.EngineSocket;

/** A search for the engine, with settings of its own: no engine is named by this machine's. */
abstract class EngineSearchFixture {

    final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path home;

    /** An address at which nothing listens, and one at which the engine of this machine does. */
    String dead;

    String alive;

    @BeforeEach
    void findTheEngineOfThisMachine() {
        dead = "unix://" + home.resolve("dead.sock");
        alive = "unix://" + EngineSocket.path();
    }

    String engine() throws UnreachableException {
        return EngineSearch.engine(new EngineSettings(environment, home), System.getProperty("os.name"))
                .description();
    }

    UnreachableException refusal() {
        return catchThrowableOfType(UnreachableException.class, this::engine);
    }

    void properties(String content) throws IOException {
        Files.writeString(home.resolve(".testcontainers.properties"), content);
    }
}
