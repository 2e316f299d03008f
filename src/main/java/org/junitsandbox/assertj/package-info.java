/**
 * AssertJ assertions on what commands did in a sandbox; see {@link org.junitsandbox.assertj.SandboxAssertions}. This is
 * the only package that needs AssertJ, which has to be a dependency of your own.
 */
@NullMarked
package org.junitsandbox.assertj;

import org.jspecify.annotations.NullMarked;
