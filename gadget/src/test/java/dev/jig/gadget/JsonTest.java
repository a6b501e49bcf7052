// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static Map<String, Object> read(String text) {
        return Json.readObject(text.getBytes(StandardCharsets.UTF_8), "x.json");
    }

    private static String write(Object tree) {
        return new String(Json.write(tree), StandardCharsets.UTF_8);
    }

    @Test
    void shouldReadAllKindsOfValues() {
        Map<String, Object> tree = read("""
                 { "text": "a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4ö", "number": -12, "float": 1.5e3,
                   "list": [1, [], {}], "true": true, "false": false, "null": null, "": "" }
                """.replace("\\b\\f", "").replace("\\r", ""));

        assertThat(tree)
                .containsEntry("text", "a\"\\/\n\täö")
                .containsEntry("number", -12L)
                .containsEntry("float", 1500.0)
                .containsEntry("list", List.of(1L, List.of(), Map.of()))
                .containsEntry("true", true)
                .containsEntry("false", false)
                .containsEntry("null", Json.NULL)
                .containsEntry("", "");
    }

    @Test
    void shouldWriteWhatItRead() {
        String text = "{\"b\":[1,\"x\",{\"c\":null}],\"a\":{\"t\":true,\"f\":false},\"e\":{},\"l\":[]}";

        assertThat(write(read(text))).isEqualTo(text);
    }

    @Test
    void shouldEscapeAsUpstreamDoes() {
        assertThat(write(Map.of("k", "<a href=\"x\">&\\\n\t\u0001\u2028ä𝄞")))
                .isEqualTo("{\"k\":\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\\\\\n\\t\\u0001\\u2028ä𝄞\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "null",
                "{",
                "}",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{'a':1}",
                "{a:1}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":+}",
                "{\"a\":--1}",
                "{\"a\":[1,]}",
                "{\"a\":[1",
                "{\"a\":\"b}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12zz\"}",
                "{\"a\":\"\\",
                "{\"a\":\"\u0001\"}",
                "{\"a\":99999999999999999999}",
                "\ufeff{}"
            })
    void shouldRefuseWhatIsNoObject(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(GadgetException.class)
                .hasMessageStartingWith("x.json: not JSON: ")
                .hasMessageContaining(" at character ");
    }

    @Test
    void shouldRefuseDeepNesting() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(1_000_000))).hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> read("{\"a\":".repeat(1_000_000))).hasMessageContaining("nested too deeply");
    }

    @Test
    void shouldBearGarbledInput() {
        byte[] valid =
                "{\"schemaVersion\":2,\"m\":[{\"digest\":\"sha256:00\",\"size\":12,\"a\":{\"x\":\"\\u00e4\\n\"}},null,true,1.5]}"
                        .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] garbled = valid.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(Json.readObject(garbled, "garbled")).isNotNull();
            } catch (GadgetException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 19_999);
    }

    @Test
    void shouldBearTruncatedInput() {
        byte[] valid = "{\"a\":[{\"b\":\"\\u0041c\"},-1.5e3,false,null]}".getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length < valid.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(valid, length);
            assertThatThrownBy(() -> Json.readObject(cut, "cut")).isInstanceOf(GadgetException.class);
        }
    }
}
