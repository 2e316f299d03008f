package org.junitsandbox.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a command is run. Only a copy that no command has yet is changed. */
final class CommandSettings {

    @Nullable Stdin stdin;
    @Nullable Duration timeLimit;
    @Nullable Long outputLimitBytes;
    boolean endsAtOutputLimit;
    final Map<String, String> environment = new LinkedHashMap<>();
    final Set<String> secrets = new LinkedHashSet<>();
    @Nullable String directory;
    @Nullable Supplier<OutputListener> listener;

    CommandSettings copy() {
        CommandSettings copy = new CommandSettings();
        copy.stdin = stdin;
        copy.timeLimit = timeLimit;
        copy.outputLimitBytes = outputLimitBytes;
        copy.endsAtOutputLimit = endsAtOutputLimit;
        copy.environment.putAll(environment);
        copy.secrets.addAll(secrets);
        copy.directory = directory;
        copy.listener = listener;
        return copy;
    }
}
