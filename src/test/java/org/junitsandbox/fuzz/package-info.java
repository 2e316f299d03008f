/** What property tests have in common: seeds, how long to run, making a failing case smaller. */
@NullMarked
package org.junitsandbox.fuzz;

import org.jspecify.annotations.NullMarked;
