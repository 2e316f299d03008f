/** Shared by property tests: seeds, the length of a run, shrinking of failing cases. */
@NullMarked
package org.junitsandbox.fuzz;

import org.jspecify.annotations.NullMarked;
