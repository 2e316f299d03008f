/**
 * Containers that are started before they are needed and removed in the background. {@code ContainerPool} is the lock,
 * {@code PoolState} decides, {@code ContainerWorker} acts.
 */
@NullMarked
package org.junitsandbox.internal.pool;

import org.jspecify.annotations.NullMarked;
