/** What a sandbox is: its image, what its commands may do, and how much they may use. Values only. */
@NullMarked
package org.junitsandbox.spec;

import org.jspecify.annotations.NullMarked;
