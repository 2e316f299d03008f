@NullMarked
package org.junitsandbox.verdicts;

import org.jspecify.annotations.NullMarked;
