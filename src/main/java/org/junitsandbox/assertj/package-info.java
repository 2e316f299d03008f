/**
 * AssertJ assertions for what commands did in a sandbox: {@link org.junitsandbox.assertj.SandboxAssertions}. The one
 * package that needs AssertJ, which is the user's own dependency.
 */
@NullMarked
package org.junitsandbox.assertj;

import org.jspecify.annotations.NullMarked;
