/** Kubernetes clusters as engines, pods as containers: the only place that knows the client of Kubernetes. */
@NullMarked
package org.junitsandbox.internal.engine.kubernetes;

import org.jspecify.annotations.NullMarked;
