/**
 * The seam to container engines, which knows none of them. Another kind of engine (a Kubernetes pod's attach, for
 * example) is one more {@link org.junitsandbox.internal.engine.EngineProvider} in a package below this one.
 */
@NullMarked
package org.junitsandbox.internal.engine;

import org.jspecify.annotations.NullMarked;
