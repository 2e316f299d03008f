/** Units, escaping, quoting: text in and out. This package knows nothing else of the library. */
@NullMarked
package org.junitsandbox.internal.text;

import org.jspecify.annotations.NullMarked;
