@NullMarked
package org.junitsandbox.corpus;

import org.jspecify.annotations.NullMarked;
