/**
 * Writes the transcript of a sandbox to files that people read: plain text, a recording for {@code asciinema}, and a
 * page for a browser; and prints what happens while it happens.
 */
@NullMarked
package org.junitsandbox.evidence;

import org.jspecify.annotations.NullMarked;
