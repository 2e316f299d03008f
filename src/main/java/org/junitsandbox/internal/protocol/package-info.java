/**
 * The protocol between the library and the supervisor, a shell script that is PID 1 of every sandbox. This package
 * knows neither an engine nor JUnit and starts no threads.
 */
@NullMarked
package org.junitsandbox.internal.protocol;

import org.jspecify.annotations.NullMarked;
