/** Hostile commands against the walls of a sandbox, on a real engine. */
@NullMarked
package org.junitsandbox.shell.attacks;

import org.jspecify.annotations.NullMarked;
