/**
 * Runs a command over many files, each in a clean sandbox, and judges by rules what it did. Knows nothing of where the
 * files come from.
 */
@NullMarked
package org.junitsandbox.verdicts;

import org.jspecify.annotations.NullMarked;
