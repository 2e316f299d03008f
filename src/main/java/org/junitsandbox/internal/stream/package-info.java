/**
 * The streams of a container, and the connections that carry them: bytes in, bytes out. This package knows nothing else
 * of the library.
 */
@NullMarked
package org.junitsandbox.internal.stream;

import org.jspecify.annotations.NullMarked;
