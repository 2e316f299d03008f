package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.NamedExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.kubernetes.Kubeconfig.Defined;

/** What a credential plugin gets to know of its cluster: the field {@code spec.cluster} of an ExecCredential. */
final class ClusterInfo {

    /** The cluster's extension that is for plugins. */
    private static final String EXTENSION = "client.authentication.k8s.io/exec";

    private ClusterInfo() {}

    static Map<String, Object> of(Defined<Cluster> defined) throws IOException {
        Cluster cluster = defined.value();
        Map<String, Object> info = new LinkedHashMap<>();
        put(info, "server", cluster.getServer());
        put(info, "insecure-skip-tls-verify", cluster.getInsecureSkipTlsVerify());
        put(info, "certificate-authority-data", authority(defined));
        put(info, "proxy-url", cluster.getProxyUrl());
        put(info, "disable-compression", cluster.getDisableCompression());
        List<NamedExtension> extensions = cluster.getExtensions();
        for (NamedExtension extension : extensions == null ? List.<NamedExtension>of() : extensions) {
            if (EXTENSION.equals(extension.getName())) {
                put(info, "config", extension.getExtension());
            }
        }
        return info;
    }

    /** A plugin gets the authority itself, not the name of its file. */
    private static @Nullable String authority(Defined<Cluster> defined) throws IOException {
        String data = defined.value().getCertificateAuthorityData();
        String file = defined.path(defined.value().getCertificateAuthority());
        return (data == null || data.isEmpty()) && file != null
                ? Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)))
                : data;
    }

    private static void put(Map<String, Object> info, String name, @Nullable Object value) {
        if (value != null) {
            info.put(name, value);
        }
    }
}
