/**
 * Shells in containers, without JUnit: {@link org.junitsandbox.shell.Shell} runs commands in the container that a
 * {@link org.junitsandbox.spec.SandboxSpec} describes.
 */
@NullMarked
package org.junitsandbox.shell;

import org.jspecify.annotations.NullMarked;
