/** What commands leave behind in a sandbox, and what the next one finds of it, on a real engine. */
@NullMarked
package org.junitsandbox.shell.residue;

import org.jspecify.annotations.NullMarked;
