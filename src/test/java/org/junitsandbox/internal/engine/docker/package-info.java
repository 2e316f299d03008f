/** Tests of engines with Docker's API; those named IT use the engine of this machine. */
@NullMarked
package org.junitsandbox.internal.engine.docker;

import org.jspecify.annotations.NullMarked;
