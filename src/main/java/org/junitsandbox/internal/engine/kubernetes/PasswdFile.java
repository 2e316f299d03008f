package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import org.junitsandbox.internal.engine.ContainerConfig;

/**
 * The file in which programs look for their user. No image can have an entry for a user that a pod alone has, and
 * without one LibreOffice and others do not start. The text is an annotation of the pod, which a volume shows: unlike a
 * ConfigMap, that needs no right in the cluster.
 *
 * @param annotations the text, if there is one
 * @param volumes shows it
 * @param mounts where it is shown
 */
record PasswdFile(Map<String, String> annotations, List<Volume> volumes, List<VolumeMount> mounts) {

    /** That of the image. */
    static final PasswdFile OF_IMAGE = new PasswdFile(Map.of(), List.of(), List.of());

    private static final String ANNOTATION = "org.junit-sandbox.passwd";

    private static final String NAME = "passwd";

    /** Returns the file for a container. A user of its own has the name that it has on other engines. */
    static PasswdFile of(ContainerConfig config, PodUser user) {
        if (!user.isOwn()) {
            return OF_IMAGE;
        }
        String text = "root:x:0:0:root:/root:/bin/sh\n"
                + "nobody:x:" + user.id() + ":" + user.group() + ":nobody:" + config.home() + ":/bin/sh\n";
        Volume volume = new VolumeBuilder()
                .withName(NAME)
                .withNewDownwardAPI()
                .addNewItem()
                .withPath(NAME)
                .withNewFieldRef()
                .withFieldPath("metadata.annotations['" + ANNOTATION + "']")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .build();
        VolumeMount mount = new VolumeMountBuilder()
                .withName(NAME)
                .withMountPath("/etc/passwd")
                .withSubPath(NAME)
                .withReadOnly(true)
                .build();
        return new PasswdFile(Map.of(ANNOTATION, text), List.of(volume), List.of(mount));
    }
}
