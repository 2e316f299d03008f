/** Shared by several suites: dedicated engines, child JVMs, proxies, the engine's own reports, and result tables. */
@NullMarked
package org.junitsandbox.harness;

import org.jspecify.annotations.NullMarked;
