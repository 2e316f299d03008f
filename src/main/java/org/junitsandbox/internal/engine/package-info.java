/**
 * The seam to containers. Another way to get a container with three streams (a Kubernetes pod's attach, say) is one
 * more {@link org.junitsandbox.internal.engine.ContainerEngine}.
 */
@NullMarked
package org.junitsandbox.internal.engine;

import org.jspecify.annotations.NullMarked;
