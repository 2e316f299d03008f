package org.junitsandbox.internal.engine.kubernetes;

import static org.junitsandbox.internal.engine.EngineException.unavailable;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;

/**
 * The kubeconfig files, read together as kubectl reads them: of several definitions of a name, the first counts. Paths
 * in a file are relative to its folder.
 */
final class Kubeconfig {

    private static final String OTHER_FILE = "To use another file, set the environment variable KUBECONFIG.";

    /** A definition and the folder of the file that has it. */
    record Defined<T>(T value, Path folder) {

        @Nullable String path(@Nullable String path) {
            return path == null || path.isEmpty() ? null : folder.resolve(path).toString();
        }
    }

    /** What a context combines. */
    record Selection(
            String context, @Nullable String namespace, Defined<Cluster> cluster, @Nullable Defined<AuthInfo> user) {}

    private final List<Path> files;
    private final Map<String, Defined<Context>> contexts = new LinkedHashMap<>();
    private final Map<String, Defined<Cluster>> clusters = new LinkedHashMap<>();
    private final Map<String, Defined<AuthInfo>> users = new LinkedHashMap<>();
    private @Nullable String current;

    private Kubeconfig(List<Path> files) {
        this.files = files;
    }

    /** Reads files, all of which are there. */
    static Kubeconfig read(List<Path> files) throws EngineException {
        Kubeconfig result = new Kubeconfig(files);
        for (Path file : files) {
            result.add(parse(file), Objects.requireNonNull(file.toAbsolutePath().getParent()));
        }
        return result;
    }

    private static Config parse(Path file) throws EngineException {
        try {
            Config config = Serialization.unmarshal(Files.readString(file), Config.class);
            return config == null ? new Config() : config;
        } catch (IOException e) {
            throw unavailable("The kubeconfig " + file + " cannot be read: " + e + ". " + OTHER_FILE, e);
        } catch (RuntimeException e) {
            throw unavailable(
                    "The kubeconfig " + file + " is not valid: "
                            + ApiFailure.root(e).lines().findFirst().orElse("") + ". `kubectl --kubeconfig " + file
                            + " config view` shows what kubectl makes of it. " + OTHER_FILE,
                    e);
        }
    }

    private void add(Config config, Path folder) {
        addAll(contexts, config.getContexts(), NamedContext::getName, NamedContext::getContext, folder);
        addAll(clusters, config.getClusters(), NamedCluster::getName, NamedCluster::getCluster, folder);
        addAll(users, config.getUsers(), NamedAuthInfo::getName, NamedAuthInfo::getUser, folder);
        String itsCurrent = config.getCurrentContext();
        if (current == null && itsCurrent != null && !itsCurrent.isEmpty()) {
            current = itsCurrent;
        }
    }

    private static <N, T> void addAll(
            Map<String, Defined<T>> all,
            @Nullable List<N> named,
            Function<N, String> name,
            Function<N, @Nullable T> value,
            Path folder) {
        for (N each : named == null ? List.<N>of() : named) {
            T defined = value.apply(each);
            if (defined != null) {
                all.putIfAbsent(name.apply(each), new Defined<>(defined, folder));
            }
        }
    }

    /**
     * Returns what a context combines.
     *
     * @param wanted its name; null for the current one
     */
    Selection select(@Nullable String wanted) throws EngineException {
        String name = wanted == null ? current : wanted;
        if (name == null) {
            throw unavailable(
                    "No context of " + files + " is the current one: it has " + contexts.keySet()
                            + ". Choose one by `kubectl config use-context`, or by the configuration parameter"
                            + " sandbox.kubernetes.context.",
                    null);
        }
        Context context = defined("context", name, contexts, wanted == null ? "its current-context" : "").value();
        String user = context.getUser();
        return new Selection(
                name,
                context.getNamespace(),
                defined("cluster", context.getCluster(), clusters, "context " + name),
                user == null || user.isEmpty() ? null : defined("user", user, users, "context " + name));
    }

    private <T> Defined<T> defined(
            String kind, @Nullable String name, Map<String, Defined<T>> all, String user) throws EngineException {
        Defined<T> found = name == null ? null : all.get(name);
        if (found == null) {
            throw unavailable(
                    "No " + kind + " of " + files + " is called \"" + name + "\""
                            + (user.isEmpty() ? "" : ", which " + user + " names") + ": it has " + all.keySet()
                            + ". Correct the file or the configuration parameter sandbox.kubernetes.context. "
                            + OTHER_FILE,
                    null);
        }
        return found;
    }
}
