/** Tests of the engine on Kubernetes; those named IT use a cluster and are skipped where none is given. */
@NullMarked
package org.junitsandbox.internal.engine.kubernetes;

import org.jspecify.annotations.NullMarked;
