/** What several suites share: engines, JVMs and proxies of their own, what the engine itself reports, and tables. */
@NullMarked
package org.junitsandbox.harness;

import org.jspecify.annotations.NullMarked;
