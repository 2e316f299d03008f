package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.EngineProvider;

/** A project that has not added the client of clusters. */
class MissingClientTests {

    /** Loads everything but the client and what it brings. */
    private static URLClassLoader withoutClient() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("kubernetes-") && !entry.contains("snakeyaml") && !entry.contains("jackson-databind")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** Calls a method of the interface in the other class loader. */
    private static Object call(URLClassLoader loader, Object provider, String method, Class<?>... types)
            throws ReflectiveOperationException {
        Object[] arguments = types.length == 0 ? new Object[0] : new Object[] {Map.of()};
        return loader.loadClass(EngineProvider.class.getName()).getMethod(method, types).invoke(provider, arguments);
    }

    private static Object named(URLClassLoader loader, String name) throws ReflectiveOperationException {
        return loader.loadClass(EngineProvider.class.getName())
                .getMethod("named", String.class)
                .invoke(null, name);
    }

    @Test
    void isReportedWithTheArtifactsToAdd() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = withoutClient()) {
            Object provider = named(loader, "kubernetes");

            assertThatThrownBy(() -> call(loader, provider, "engine", Map.class))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessage("No Kubernetes cluster can be used. Its client is not on the class path (there is no"
                            + " io.fabric8.kubernetes.client.KubernetesClient). Add"
                            + " io.fabric8:kubernetes-client:" + KubernetesEngineProvider.CLIENT_VERSION
                            + ", without its dependency io.fabric8:kubernetes-httpclient-vertx-5, and"
                            + " io.fabric8:kubernetes-httpclient-jdk:" + KubernetesEngineProvider.CLIENT_VERSION
                            + ", in scope test.\nThe cluster is looked for once in a JVM.");
        }
    }

    @Test
    void leavesTheOtherEnginesAndTheNamesOfSettingsAsTheyAre() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = withoutClient()) {
            assertThat(call(loader, named(loader, "docker"), "name")).isEqualTo("docker");
            assertThat(call(loader, named(loader, "kubernetes"), "settings"))
                    .isEqualTo(KubernetesSetting.parameters());
        }
    }

    @Test
    void isNamedInTheVersionOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<kubernetes-client.version>" + KubernetesEngineProvider.CLIENT_VERSION + "<");
    }
}
