package org.junitsandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ProfileTests {

    @Test
    void loosensNothingWhenUntrusted() {
        assertThat(Profile.UNTRUSTED.loosened()).isEmpty();
        assertThat(Profile.UNTRUSTED.user("1000:1000").loosened()).isEmpty();
    }

    @Test
    void listsEachPartThatPermitsMore() {
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

    @Test
    void refusesABlankUser() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.UNTRUSTED.user(" "))
                .withMessage("The user is blank: expected a user name or uid:gid, for example \"65534:65534\"");
    }

    @Test
    void equalsAProfileWithTheSameParts() {
        Profile copy = Profile.TRUSTED.user("65534:65534").readOnlyRoot(true).capabilities(false).newPrivileges(false)
                .network("none");

        assertThat(copy).isEqualTo(Profile.UNTRUSTED).hasSameHashCodeAs(Profile.UNTRUSTED);
        assertThat(copy.user("1")).isNotEqualTo(copy);
        assertThat(copy.readOnlyRoot(false)).isNotEqualTo(copy);
        assertThat(copy.capabilities(true)).isNotEqualTo(copy);
        assertThat(copy.newPrivileges(true)).isNotEqualTo(copy);
        assertThat(copy.network(null)).isNotEqualTo(copy);
    }

    @Test
    void printsEachPart() {
        assertThat(Profile.UNTRUSTED)
                .hasToString("user 65534:65534, read-only root file system, no capabilities, no setuid programs,"
                        + " network none");
        assertThat(Profile.TRUSTED)
                .hasToString("user 0:0, writable root file system, the engine's default capabilities, setuid programs,"
                        + " the engine's default network");
    }
}
