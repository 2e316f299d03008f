/** Tests of the seam to containers; those named IT use the engine of this machine. */
@NullMarked
package org.junitsandbox.internal.engine;

import org.jspecify.annotations.NullMarked;
