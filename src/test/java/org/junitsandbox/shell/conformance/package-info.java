/** Chosen commands, and sequences of commands, compared with the engine's exec. */
@NullMarked
package org.junitsandbox.shell.conformance;

import org.jspecify.annotations.NullMarked;
