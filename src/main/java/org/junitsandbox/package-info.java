/**
 * The JUnit extension: {@link org.junitsandbox.Sandbox} gives a test a {@link org.junitsandbox.shell.Shell} in
 * a container of its own.
 */
@NullMarked
package org.junitsandbox;

import org.jspecify.annotations.NullMarked;
