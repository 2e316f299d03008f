/**
 * Shells in containers, without JUnit: {@link org.junitsandbox.shell.Shell} runs commands in the container that a
 * {@link org.junitsandbox.shell.SandboxSpec} describes.
 */
@NullMarked
package org.junitsandbox.shell;

import org.jspecify.annotations.NullMarked;
