package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            Off | STRING | "Off"
            yes | STRING | "yes"
            true | BOOLEAN | true
            True | STRING | "True"
            null | NULL | null
            ~ | STRING | "~"
            '' | STRING | ""
            -12 | NUMBER | -12
            007 | STRING | "007"
            0x1F | STRING | "0x1F"
            1_000 | STRING | "1_000"
            12:30 | STRING | "12:30"
            1.5 | NUMBER | 1.5
            1e3 | NUMBER | 1000.0
            .inf | STRING | ".inf"
            99999999999 | NUMBER | 99999999999
            999999999999999999999999 | NUMBER | 999999999999999999999999
            "5" | STRING | "5"
            ! 5 | STRING | "5"
            !!str 5 | STRING | "5"
            !!int '5' | NUMBER | 5
            2026-01-01 | STRING | "2026-01-01"
            """)
    void wordsMeanWhatTheyMeanInJson(String text, String type, String json) {
        JsonNode value = one("k: " + text + "\n").get("k");
        assertThat(value.getNodeType().name()).isEqualTo(type);
        assertThat(value.toString()).isEqualTo(json);
    }

    @Test
    void whatIsEmptyIsNoDocument() {
        assertThat(read("# nothing\n---\n---\n")).isEmpty();
        assertThat(read("a: 1\n---\n---\nb:\n")).map(JsonNode::toString).containsExactly("{\"a\":1}", "{\"b\":null}");
    }

    @Test
    void keysAreTextsWhateverTheyLookLike() {
        assertThat(one("1: a\ntrue: b\nnull: c\n").toString()).isEqualTo("{\"1\":\"a\",\"true\":\"b\",\"null\":\"c\"}");
        assertThatThrownBy(() -> read("a: 1\n? [b]\n: 2\n")).isInstanceOf(ConfigException.class).hasMessage("f: line 2, column 3: a list or an object where the name of a field belongs");
    }

    @Test
    void whatWouldExhaustTheReaderIsRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(ConfigException.class).hasMessageStartingWith("f: line 1, column 102: more than 100 levels deep");
        assertThat(one("k: " + "9".repeat(100_000)).get("k").isTextual()).isTrue();
    }

    private static JsonNode one(String yaml) {
        List<JsonNode> documents = read(yaml);
        assertThat(documents).hasSize(1);
        return documents.getFirst();
    }

    private static List<JsonNode> read(String yaml) {
        return YamlDocuments.read("f", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
