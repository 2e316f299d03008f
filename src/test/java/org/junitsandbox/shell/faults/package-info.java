/** Faults of containers, connections, callers and engines at every point of a sandbox's life. */
@NullMarked
package org.junitsandbox.shell.faults;

import org.jspecify.annotations.NullMarked;
