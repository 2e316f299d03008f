/** Random shell programs, compared with the same programs in the engine's exec. */
@NullMarked
package org.junitsandbox.shell.fuzz;

import org.jspecify.annotations.NullMarked;
