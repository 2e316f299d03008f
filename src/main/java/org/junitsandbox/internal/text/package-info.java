/** Units, escaping, quoting: text in and out. This package uses no other part of the library. */
@NullMarked
package org.junitsandbox.internal.text;

import org.jspecify.annotations.NullMarked;
