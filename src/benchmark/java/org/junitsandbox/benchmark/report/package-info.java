/** Runs the benchmarks and makes a table and plots of their results. */
@NullMarked
package org.junitsandbox.benchmark.report;

import org.jspecify.annotations.NullMarked;
