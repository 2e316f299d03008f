package org.junitsandbox.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VerdictPageTests {

    private static final String MARKUP = "\"'><script>alert(1)</script><!--&amp;\u202Egnp\033[2J";

    private static String page() {
        TrialInput input = TrialInput.hostile("x\"'><svg onload=alert(1)>", new byte[0]);
        return VerdictPage.of(MARKUP, List.of(Verdict.failed(input, MARKUP)));
    }

    @Test
    void showsAnyTextAsTextOnly() {
        assertThat(page())
                .doesNotContain("<script", "<svg", "<!--", "&amp;", "\u202E", "\033")
                .contains("&#60;script&#62;alert(1)&#60;/script&#62;&#60;!--&#38;amp;\\u202Egnp\\u001B[2J")
                .contains("x&#34;&#39;&#62;&#60;svg onload=alert(1)&#62;");
        assertThat(page().chars()).allMatch(character -> character == '\n' || (character >= ' ' && character <= '~'));
    }

    @Test
    void allowsItsOwnStyleAndNothingElse() throws Exception {
        Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page());
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page());
        assertThat(policy.find()).isTrue();
        assertThat(style.find()).isTrue();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));

        assertThat(policy.group(1))
                .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "'");
        assertThat(page()).doesNotContain("<a ", "src=", "href=", "url(", "style=");
    }
}
