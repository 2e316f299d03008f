/** Containers that are ready before they are asked for, and their removal in the background. */
@NullMarked
package org.junitsandbox.internal.pool;

import org.jspecify.annotations.NullMarked;
