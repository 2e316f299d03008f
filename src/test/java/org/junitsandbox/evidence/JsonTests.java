package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTests {

    @Test
    void writesWhatMeansNothingInHtml() {
        assertThat(Json.of("</script><!--&'\"\\\n\u2028\u202E\uD800\u00E9"))
                .isEqualTo("\"\\u003c/script\\u003e\\u003c!--\\u0026\\u0027\\u0022\\u005c\\n\\u2028\\u202e\\ud800"
                        + "\\u00e9\"");
    }

    @Test
    void writesListsAndMaps() {
        assertThat(Json.of(Map.of("a", Arrays.asList(1, 2.5, true, null, List.of("<")))))
                .isEqualTo("{\"a\":[1,2.5,true,null,[\"\\u003c\"]]}");
    }
}
