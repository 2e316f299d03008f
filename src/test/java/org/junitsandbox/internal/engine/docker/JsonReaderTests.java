package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTests {

    @Test
    void readsEveryKindOfValue() {
        assertThat(JsonReader.read("\uFEFF {\"a\\n\\u00e9\\\\\" : [1, -2.5E+3, true, false], \"b\": {}, \"c\": []}\n"))
                .isEqualTo(Map.of("a\n\u00e9\\", List.of("1", "-2.5E+3", true, false), "b", Map.of(), "c", List.of()));
        assertThat(JsonReader.read("null")).isNull();
    }

    @Test
    void followsAPathThroughObjectsOnly() {
        Object value = JsonReader.read("{\"a\": {\"b\": \"c\"}, \"d\": [1]}");

        assertThat(JsonReader.at(value, "a", "b")).isEqualTo("c");
        assertThat(JsonReader.at(value, "a", "b", "c")).isNull();
        assertThat(JsonReader.at(value, "d", "b")).isNull();
        assertThat(JsonReader.at(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{", "[", "\"", "\"\\", "\"\\u12", "\"\\u12x4\"", "{\"a\"}", "{\"a\":}", "{a:1}", "[1 2]", "[1,]x",
        "nul", "01x", "{} {}", "}"
    })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nested more than 100 deep");
    }
}
