/** Runs the benchmarks, and makes a table and plots of what they measured. */
@NullMarked
package org.junitsandbox.benchmark.report;

import org.jspecify.annotations.NullMarked;
