/** Tests of the shell; those named IT use the engine of this machine. */
@NullMarked
package org.junitsandbox.shell;

import org.jspecify.annotations.NullMarked;
