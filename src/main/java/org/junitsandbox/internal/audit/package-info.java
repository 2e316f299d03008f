/** Compares what an engine was asked for with what the kernel reports from inside the container. */
@NullMarked
package org.junitsandbox.internal.audit;

import org.jspecify.annotations.NullMarked;
