@NullMarked
package org.junitsandbox.evidence;

import org.jspecify.annotations.NullMarked;
