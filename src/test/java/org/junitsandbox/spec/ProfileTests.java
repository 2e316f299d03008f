package org.junitsandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileTests {

    @Test
    void theUntrustedProfileLoosensNothing() {
        assertThat(Profile.UNTRUSTED.loosened()).isEmpty();
        assertThat(Profile.UNTRUSTED.user("1000:1000").loosened()).isEmpty();
    }

    @Test
    void eachPartThatAllowsMoreIsTold() {
        Profile untrusted = Profile.UNTRUSTED;

        assertThat(untrusted.user("root").loosened()).containsExactly("user root");
        assertThat(untrusted.user("0:65534").loosened()).containsExactly("user 0:65534");
        assertThat(untrusted.readOnlyRoot(false).loosened()).containsExactly("writable root file system");
        assertThat(untrusted.capabilities(true).loosened()).containsExactly("the engine's default capabilities");
        assertThat(untrusted.newPrivileges(true).loosened()).containsExactly("setuid programs");
        assertThat(untrusted.network("host").loosened()).containsExactly("network host");
        assertThat(untrusted.network(null).loosened()).containsExactly("the engine's default network");
        assertThat(Profile.TRUSTED.loosened()).hasSize(5);
    }
}
