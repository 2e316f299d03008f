/**
 * Hostile files: inputs for tests of programs that handle files of others, each with a harmless twin. They are made
 * when they are read, and are the same bytes each time. {@link org.junitsandbox.corpus.HostileFiles} gives them to
 * parameterized tests, {@link org.junitsandbox.corpus.Corpus} to other code, {@link org.junitsandbox.corpus.Main} to a
 * command line.
 *
 * <p>Only {@link org.junitsandbox.corpus.HostileFiles} needs {@code junit-jupiter-params}, which has to be a dependency
 * of your own. Nothing here needs a sandbox.
 */
@NullMarked
package org.junitsandbox.corpus;

import org.jspecify.annotations.NullMarked;
