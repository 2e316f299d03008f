/** The streams of a container: bytes in, bytes out. This package knows nothing else of the library. */
@NullMarked
package org.junitsandbox.internal.stream;

import org.jspecify.annotations.NullMarked;
