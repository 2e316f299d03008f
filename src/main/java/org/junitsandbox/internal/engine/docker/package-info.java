/** Engines with Docker's HTTP API: the only place that knows docker-java and Testcontainers. */
@NullMarked
package org.junitsandbox.internal.engine.docker;

import org.jspecify.annotations.NullMarked;
