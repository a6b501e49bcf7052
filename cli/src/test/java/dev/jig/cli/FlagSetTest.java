// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagSetTest {
    private static final Flag VERBOSE = Flag.plain("verbose", "v", ParamType.BOOL, "false", "");
    private static final Flag HELP = Flag.plain("help", "h", ParamType.BOOL, "false", "");
    private static final Flag OUTPUT = Flag.plain("output", "o", ParamType.STRING, "columns", "");
    private static final Flag TIMEOUT = Flag.plain("timeout", "t", ParamType.INT, "0", "");
    private static final Flag PID = Flag.of(Param.of("operator.x.", "pid", ParamType.UINT32, "0", ""));
    private static final Flag HOST = Flag.of(Param.of("operator.x.", "host", ParamType.BOOL, "false", ""));

    private final FlagSet flags = new FlagSet().addAll(List.of(VERBOSE, HELP, OUTPUT, TIMEOUT, PID, HOST));

    private FlagSet.Parsed parse(String... words) {
        return flags.parse(List.of(words), FlagSet.Unknown.REFUSED);
    }

    @Test
    void shouldReadAllForms() {
        assertThat(parse("--output=json").value(OUTPUT)).isEqualTo("json");
        assertThat(parse("--output", "json").value(OUTPUT)).isEqualTo("json");
        assertThat(parse("-o", "json").value(OUTPUT)).isEqualTo("json");
        assertThat(parse("-ojson").value(OUTPUT)).isEqualTo("json");
        assertThat(parse("-o=json").value(OUTPUT)).isEqualTo("json");
        assertThat(parse("-o", "-x").value(OUTPUT)).isEqualTo("-x");
        assertThat(parse("--output=").value(OUTPUT)).isEmpty();
        assertThat(parse("--output=a=b").value(OUTPUT)).isEqualTo("a=b");
    }

    @Test
    void shouldGroupLetters() {
        FlagSet.Parsed parsed = parse("-vhoyaml", "rest");

        assertThat(parsed.isTrue(VERBOSE)).isTrue();
        assertThat(parsed.isTrue(HELP)).isTrue();
        assertThat(parsed.value(OUTPUT)).isEqualTo("yaml");
        assertThat(parsed.positionals()).containsExactly("rest");
    }

    @Test
    void shouldNotTakeTheNextWordForABoolean() {
        FlagSet.Parsed parsed = parse("--host", "word", "-v", "-");

        assertThat(parsed.isTrue(HOST)).isTrue();
        assertThat(parsed.positionals()).containsExactly("word", "-");
        assertThat(parsed.warnings()).isEmpty();
    }

    @Test
    void shouldPassOverTruthBehindABoolean() {
        FlagSet.Parsed parsed = parse("--host", "false", "-hv", "true", "gadget", "true");

        assertThat(parsed.isTrue(HOST)).isTrue();
        assertThat(parsed.positionals()).containsExactly("gadget", "true");
        assertThat(parsed.warnings())
                .containsExactly(
                        "\"false\" behind --host is ignored: write --host=false to set the flag to that",
                        "\"true\" behind -v is ignored: write -v=true to set the flag to that");
    }

    @Test
    void shouldMixFlagsAndWords() {
        FlagSet.Parsed parsed = parse("a", "-v", "b", "-", "--", "--output", "-v");

        assertThat(parsed.positionals()).containsExactly("a", "b", "-", "--output", "-v");
        assertThat(parsed.given()).containsOnlyKeys(VERBOSE);
    }

    @Test
    void shouldLetTheLastValueWin() {
        assertThat(parse("-t", "1", "--timeout=2").value(TIMEOUT)).isEqualTo("2");
        assertThat(parse("-v", "-v=false").isTrue(VERBOSE)).isFalse();
    }

    @Test
    void shouldGiveDefaults() {
        assertThat(parse().value(OUTPUT)).isEqualTo("columns");
        assertThat(parse().given()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --nosuch      | unknown flag: --nosuch
            --nosuch=1    | unknown flag: --nosuch
            --outputs=x   | unknown flag: --outputs (did you mean --output?)
            -Z            | unknown shorthand flag: 'Z' in -Z
            -vZ           | unknown shorthand flag: 'Z' in -vZ
            --output      | flag needs an argument: --output
            -o            | flag needs an argument: 'o' in -o
            -vo           | flag needs an argument: 'o' in -vo
            -t=x          | invalid argument "x" for "-t, --timeout" flag: strconv.ParseInt: parsing "x": invalid syntax
            --verbose=yes | invalid argument "yes" for "-v, --verbose" flag: strconv.ParseBool: parsing "yes": invalid syntax
            --host=1      | invalid argument "1" for "--host" flag: invalid value "1" as "host": expected 'true' or 'false', got: "1"
            --pid=-1      | invalid argument "-1" for "--pid" flag: invalid value "-1" as "pid": expected numeric value: strconv.ParseUint: parsing "-1": invalid syntax
            """)
    void shouldSayWhatIsWrong(String word, String message) {
        assertThatThrownBy(() -> parse(word)).isInstanceOf(CliException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"1,true", "t,true", "T,true", "TRUE,true", "0,false", "F,false", "False,false"})
    void shouldTakeMoreWordsForPlainBooleans(String word, String value) {
        assertThat(parse("--verbose=" + word).value(VERBOSE)).isEqualTo(value);
    }

    @Test
    void shouldKnowSecondNames() {
        Param param = new Param(
                "operator.x.",
                "containername",
                ParamType.STRING,
                "",
                "",
                "",
                "c",
                "runtime-name",
                List.of(),
                List.of(),
                false);
        Flag container = Flag.of(param);
        flags.add(container);

        assertThat(parse("--runtime-name", "web").value(container)).isEqualTo("web");
        assertThat(flags.flags()).filteredOn(container::equals).hasSize(1);
    }

    @Test
    void shouldPassOverUnknownFlagsWhenAsked() {
        FlagSet.Parsed parsed = flags.parse(
                List.of("--paths", "x", "gadget", "--other=1", "-Z", "y", "--flag", "-v", "--last"),
                FlagSet.Unknown.SKIPPED);

        assertThat(parsed.positionals()).containsExactly("gadget");
        assertThat(parsed.isTrue(VERBOSE)).isTrue();
        assertThat(parsed.passedOver()).containsExactly("x", "y");
    }

    @Test
    void shouldLetTheFirstOwnerKeepAName() {
        Flag second = Flag.plain("output", "x", ParamType.STRING, "other", "");

        assertThat(flags.add(second)
                        .parse(List.of("-x", "1"), FlagSet.Unknown.REFUSED)
                        .value(second))
                .isEqualTo("1");
        assertThat(flags.flags()).contains(OUTPUT).doesNotContain(second);
    }

    @Test
    void shouldLeaveNamesToTheGadget() {
        Flag gadgets = Flag.of(Param.of("operator.oci.ebpf.", "top", ParamType.BOOL, "false", ""));
        Flag operators = Flag.of(Param.of("operator.aggregate.", "top", ParamType.UINT32, "0", ""));
        flags.add(gadgets).add(operators).add(operators);

        FlagSet.Parsed parsed = parse("--top", "--jig.top", "5");

        assertThat(parsed.isTrue(gadgets)).isTrue();
        assertThat(parsed.given())
                .containsValue("5")
                .anySatisfy((flag, value) -> assertThat(flag.param()).isEqualTo(operators.param()));
    }
}
