/**
 * The seam to containers: the only place that knows docker-java and Testcontainers. Another way to get a container with
 * three streams (a Kubernetes pod's attach, say) is one more {@link org.junitsandbox.internal.engine.ContainerEngine}.
 */
@NullMarked
package org.junitsandbox.internal.engine;

import org.jspecify.annotations.NullMarked;
