// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomParamsTest {
    private static final String METADATA = """
            operator:
              process:
                interval: 3s
            params:
              custom:
                interval:
                  description: how often
                  defaultValue: 3s
                  patch:
                    operator:
                      process:
                        interval: '{{call .getParamValue "custom.interval"}}'
                        was: 'before {{- call .getConfig "operator.process.count" -}} after'
                mode:
                  alias: m
                  values:
                    Fast:
                      patch:
                        operator:
                          process: { count: 7 }
                    slow:
                      patch:
                        programs: { one: { attach_to: [a, b] } }
                nothing:
                  description: has no patch
            """;

    private static Configuration patched(Map<String, String> values) {
        Configuration metadata = Configuration.parse(METADATA, "test");
        CustomParams.of(metadata).apply(ParamValues.of(values));
        return metadata;
    }

    @Test
    void shouldOfferThoseWithPatches() {
        CustomParams custom = CustomParams.of(Configuration.parse(METADATA, "test"));

        assertThat(custom.params())
                .extracting(Param::qualifiedName)
                .containsExactlyInAnyOrder("custom.interval", "custom.mode");
        assertThat(custom.params())
                .filteredOn(param -> param.key().equals("mode"))
                .singleElement()
                .satisfies(param -> {
                    assertThat(param.possibleValues()).containsExactly("fast", "slow");
                    assertThat(param.alias()).isEqualTo("m");
                });
    }

    @Test
    void shouldApplyDefaults() {
        assertThat(patched(Map.of()).text("operator.process.interval")).hasValue("3s");
    }

    @Test
    void shouldMergePatches() {
        Configuration metadata = patched(Map.of("custom.interval", "9s", "custom.mode", "fast"));

        assertThat(metadata.text("operator.process.interval")).hasValue("9s");
        assertThat(metadata.text("operator.process.count")).hasValue("7");
        assertThat(metadata.text("operator.process.was")).isPresent();
    }

    @Test
    void shouldTrimBlanksAtDashes() {
        assertThat(PatchTemplate.expand("a {{- call .getParamValue \"x\" -}} b", name -> name + "!", path -> path))
                .isEqualTo("ax!b");
    }

    @Test
    void shouldKeepLists() {
        assertThat(patched(Map.of("custom.mode", "slow")).texts("programs.one.attach_to"))
                .containsExactly("a", "b");
    }

    @Test
    void shouldRefuseOtherValues() {
        assertThatThrownBy(() -> patched(Map.of("custom.mode", "other")))
                .isInstanceOf(GadgetException.class)
                .hasMessage("invalid value \"other\" as \"mode\": valid values are: fast, slow");
    }

    @Test
    void shouldRefuseOtherActions() {
        Configuration metadata =
                Configuration.parse("params: {custom: {x: {defaultValue: a, patch: {name: '{{if .}}'}}}}", "test");

        assertThatThrownBy(() -> CustomParams.of(metadata).apply(ParamValues.none()))
                .isInstanceOf(GadgetException.class)
                .hasMessageStartingWith("evaluating the patch of param \"x\": template \"{{if .}}\": only call");
    }

    @Test
    void shouldRefuseUnclosedActions() {
        assertThatThrownBy(() -> PatchTemplate.expand("{{call", name -> name, path -> path))
                .hasMessage("template \"{{call\": unclosed action");
    }
}
