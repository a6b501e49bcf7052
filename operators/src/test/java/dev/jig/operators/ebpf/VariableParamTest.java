// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariableParamTest {
    private static final String SOURCE = """
            struct gadget_l3endpoint_t { union { __u8 v6[16]; __u32 v4; } addr_raw; __u8 version; };
            enum colour { red, green = 7 };
            typedef __u16 port_number;
            const volatile bool yes = 1;
            const volatile __u8 tiny = 200;
            const volatile port_number port = 443;
            const volatile __s32 negative = -5;
            const volatile __u64 large = 18446744073709551615ULL;
            const volatile signed char letter = -1;
            const volatile float ratio = 0.5f;
            const volatile double precise = 0.25;
            const volatile char text[8] = "abc";
            const volatile char unset[8] = {};
            const volatile enum colour shade = green;
            const volatile __u32 numbers[2] = {1, 2};
            const volatile struct gadget_l3endpoint_t address = {};
            const volatile __u32 targ_pid = 0;
            """;

    private ObjectFile object;

    @BeforeAll
    void compile(@TempDir Path folder) throws Exception {
        object = CompiledSource.compile(folder, SOURCE);
    }

    private Param param(String variable, String metadata) {
        return VariableParam.of(object, variable, Configuration.parse(metadata, "gadget.yaml"))
                .param();
    }

    @ParameterizedTest
    @CsvSource({
        "yes, bool, true",
        "tiny, uint8, 200",
        "port, uint16, 443",
        "negative, int32, -5",
        "large, uint64, 18446744073709551615",
        "letter, int8, -1",
        "ratio, float32, 0.5",
        "precise, float64, 0.25",
        "text, string, abc",
        "unset, string, ''",
        "shade, uint32, 7",
        "numbers, '', ''",
        "address, ip, ''"
    })
    void shouldHaveTheTypeAndTheInitialValueOfTheVariable(String variable, String type, String value) {
        Param param = param(variable, "name: x");

        assertThat(param.key()).isEqualTo(variable);
        assertThat(param.type()).isEqualTo(type.isEmpty() ? ParamType.UNTYPED : ParamType.ofHint(type));
        assertThat(param.defaultValue()).isEqualTo(value);
    }

    @Test
    void shouldBeDescribedByTheMetadata() {
        String metadata = """
                params:
                  ebpf:
                    unset:
                      key: name
                      description: d
                      defaultValue: me
                    text:
                      defaultValue: not this
                """;

        assertThat(param("unset", metadata).key()).isEqualTo("name");
        assertThat(param("unset", metadata).description()).isEqualTo("d");
        assertThat(param("unset", metadata).defaultValue()).isEqualTo("me");
        assertThat(param("text", metadata).defaultValue()).isEqualTo("abc");
        assertThat(param("targ_pid", "name: x").key()).isEqualTo("pid");
    }

    private String written(String variable, Map<String, String> values, String metadata) {
        VariableParam param = VariableParam.of(object, variable, Configuration.parse(metadata, "gadget.yaml"));
        VariableValues variables = new VariableValues(object);
        param.write(new GadgetContext("x", new RunOptions(ParamValues.of(values), Log.NONE, false)), variables);
        return HexFormat.of().formatHex(variables.get(variable));
    }

    private String written(String variable, String value) {
        return written(variable, Map.of(EbpfOperator.PREFIX + variable, value), "name: x");
    }

    @ParameterizedTest
    @CsvSource({
        "yes, false, 00",
        "yes, TRUE, 01",
        "tiny, 0, 00",
        "tiny, 255, ff",
        "port, 258, 0201",
        "negative, -2, feffffff",
        "large, 18446744073709551614, feffffffffffffff",
        "letter, -128, 80",
        "ratio, 1.5, 0000c03f",
        "precise, -2, 00000000000000c0",
        "text, hello, 68656c6c6f000000",
        "text, '', 0000000000000000",
        "text, 12345678, 3132333435363738",
        "shade, 1, 01000000",
        "address, 10.1.2.3, 0a01020300000000000000000000000004000000",
        "address, fe80::1, fe80000000000000000000000000000106000000"
    })
    void shouldWriteWhatWasSet(String variable, String value, String bytes) {
        assertThat(written(variable, value)).isEqualTo(bytes);
    }

    @Test
    void shouldLeaveWhatNobodySet() {
        assertThat(written("tiny", Map.of(), "name: x")).isEqualTo("c8");
        assertThat(written("numbers", Map.of(), "name: x")).isEqualTo("0100000002000000");
        assertThat(written("unset", Map.of(), "params: {ebpf: {unset: {defaultValue: me}}}"))
                .isEqualTo("6d65000000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "tiny, 256",
        "tiny, -1",
        "negative, 2147483648",
        "large, 18446744073709551616",
        "yes, 1",
        "ratio, x",
        "text, 123456789",
        "numbers, -3",
        "address, 10.1.2",
        "shade, red"
    })
    void shouldRefuseWhatDoesNotFit(String variable, String value) {
        assertThatThrownBy(() -> written(variable, value))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining(variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "", "LICENS"})
    void shouldNameAVariableThatIsMissing(String variable) {
        assertThatThrownBy(() -> param(variable, "name: x"))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("no BTF type found for: " + variable);
    }
}
