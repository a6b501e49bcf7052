// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.datasource.DataSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private final DataSource source = Opened.source();

    private boolean holds(String text) {
        return Opened.holds(source, Filters.expression(text, source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(proc.comm in [\"cat\",\"ls\"] or proc.creds.uid==1000) and fname contains \"etc\"",
                "proc.comm == 'cat'",
                "PROC.comm == `cat`",
                "proc[\"comm\"] == \"cat\"",
                "proc?.comm == \"c\\x61t\" && true",
                "proc.comm != \"ca\" and proc.comm != \"catt\"",
                "proc.comm < \"cau\" and proc.comm <= \"cat\" and proc.comm > \"ca\" and proc.comm >= \"cat\"",
                "\"cau\" > proc.comm",
                "fname startsWith \"/etc\" and fname endsWith \"passwd\"",
                "fname not startsWith \"/usr\" and fname not contains \"shadow\" and fname not endsWith \"etc\"",
                "fname matches \"^/e.c/.*d$\"",
                "fname not matches \"^passwd\"",
                "fname matches \"(?i)PASS[[:alpha:]]+\"",
                "proc.comm not in [\"ls\", 'cp']",
                "proc.creds.uid in [0, 1000] and proc.creds.uid not in [1, 2]",
                "proc.creds.uid in 999..1001",
                "proc.creds.uid == 0x3e8 and proc.creds.uid == 1_000 and proc.creds.uid == 0b1111101000",
                "proc.creds.uid > proc.creds.gid",
                "proc.creds.uid * 2 == 2000 and proc.creds.uid / 8 == 125.0 and proc.creds.uid % 300 == 100",
                "proc.creds.uid - 1 < 1000 and -proc.creds.uid == -1000 and +proc.creds.uid == 1000",
                "2 ** 3 ** 2 == 512 and 2 ^ 3 == 8",
                "1 + 2 * 3 == 7 and (1 + 2) * 3 == 9",
                "i8 == -128 and u8 == 255 and i16 == -32768 and u16 == 65535",
                "i32 == -2147483648 and u32 == 4294967295",
                "i64 == -9223372036854775808 and u64 == 18446744073709551615 and u64 == 0xffffffffffffffff",
                "u64 > 5 and u64 != -1 and i64 < 0 and i64 < 0xffffffffffffffff",
                "u8 > -1 and u8 < 256 and i8 > -129 and not (i8 > 127) and u8 in [-1, 255, 70000]",
                "f32 == float(\"0.10000000149011612\") and f64 == 2.5 and f64 > 2 and .5 < f64 and 25e-1 == f64",
                "flag and not unset and flag == true and unset == false and flag != unset",
                "!unset || false",
                "error == \"ENOENT\" and error in [\"EPERM\", \"ENOENT\"]",
                "raw == \"abc\" and raw contains \"b\"",
                "any(numbers, # == 2) and all(numbers, {# > 0}) and none(numbers, # == 3) and one(numbers, # > 2)",
                "count(numbers, # < 3) == 2 and len(numbers) == 3 and 65535 in numbers and any(1..3, # == u8 - 253)",
                "addr in cidr(\"10.0.0.0/8\", \"8.8.8.8/32\") and addr not in cidr(\"11.0.0.0/8\")",
                "CidrMatches(addr, cidr(\"10.1.2.0/30\"))",
                "let name = proc.comm; let who = proc.creds.uid; name == \"cat\" and who == 1000",
                "let lo = 5; lo..7 == nil or 6 in lo..7",
                "proc.creds.uid == 0 ? false : fname contains \"etc\"",
                "if proc.creds.uid == 0 { false } else if flag { true } else { false }",
                "(flag ? \"a\" : \"b\") == \"a\" and (unset ? 1 : 2) == 2 and (flag ? 1.5 : 2) == 1.5",
                "fname | lower() | len() == 11",
                "upper(proc.comm) == \"CAT\" and trim(\" x \") == \"x\" and trimPrefix(fname, \"/etc/\") == \"passwd\"",
                "trimSuffix(fname, \"wd\") == \"/etc/pass\" and replace(fname, \"/\", \"\") == \"etcpasswd\"",
                "hasPrefix(fname, \"/etc\") and hasSuffix(fname, \"wd\") and indexOf(fname, \"etc\") == 1",
                "lastIndexOf(fname, \"s\") == 8 and repeat(\"ab\", 2) == \"abab\" and trim(\"xxaxx\", \"x\") == \"a\"",
                "abs(-5) == 5 and ceil(1.2) == 2 and floor(1.8) == 1 and round(-2.5) == -3 and min(1, 2) == 1 and max(1, 2.5) == 2.5",
                "int(\"42\") == 42 and int(2.9) == 2 and string(proc.creds.uid) == \"1000\" and string(flag) == \"true\"",
                "string(u64) == \"18446744073709551615\" and type(proc.comm) == \"string\"",
                "bitand(proc.creds.uid, 0xff) == 232 and bitor(1, 2) == 3 and bitxor(3, 1) == 2 and bitnand(3, 1) == 2",
                "bitnot(0) == -1 and bitshl(1, 4) == 16 and bitshr(-16, 2) == -4 and bitushr(-1, 63) == 1",
                "proc.comm + \"!\" == \"cat!\" and \"a\" + \"b\" == \"ab\"",
                "proc.comm != nil and not (proc.comm == nil) and (nil ?? 3) == 3",
                "proc.comm == fname or proc.comm < fname == false or proc.comm != error",
                "1 / 0 > 5 and true // a remark\n /* and\n another */",
                "proc.comm in [error, \"cat\", lower(\"X\")]",
                "numbers == \"\\x01\\x00\\x02\\x00\\xff\\xff\" or true",
                "1; 2; true",
                "b\"abc\" == raw",
                "  ",
            })
    void shouldHold(String text) {
        assertThat(holds(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proc.comm == \"cat\\x00stale\"",
                "proc.comm startsWith \"cat\\x00\"",
                "proc.comm in []",
                "u8 == 256 or i8 == 200 or u64 == -1",
                "fname matches \"etc$\"",
                "proc.comm == nil",
                "addr in cidr(\"2001:db8::/32\")",
                "any(numbers, # == 3)",
                "any(5..1, true)",
                "flag and (unset or false)",
                "not flag",
            })
    void shouldNotHold(String text) {
        assertThat(holds(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            proc.comm == 1               | invalid operation: == (mismatched types string and int) (1:11)
            nosuch == 1                  | unknown name nosuch (1:1)
            proc.com == 'x'              | type proc has no field com; did you mean "proc.comm"? (1:6)
            comm == 'x'                  | unknown name comm; did you mean "proc.comm"? (1:1)
            fnam == 'x'                  | unknown name fnam; did you mean "fname"? (1:1)
            fname                        | expected bool, but got string (1:1)
            proc.creds                   | expected bool, but got proc.creds (1:1)
            fname ==                     | unexpected token EOF (1:9)
            fname == 'x                  | literal not terminated (1:10)
            fname == "\\q"               | invalid char escape (1:11)
            (fname == 'x'                | unexpected token EOF (1:14)
            fname == 'x')                | unexpected token Operator(")") (1:13)
            fname matches "["            | error parsing regexp: Unclosed character class near index 0 (1:7)
            fname matches "(?=a)"        | error parsing regexp: invalid or unsupported Perl syntax: `(?=` (1:7)
            fname matches "(a)\\\\1"     | error parsing regexp: invalid escape sequence: `\\1` (1:7)
            fname > 5                    | invalid operation: > (mismatched types string and int) (1:7)
            flag > true                  | invalid operation: > (mismatched types bool and bool) (1:6)
            fname and true               | invalid operation: expected bool, but got string (1:7)
            not fname                    | invalid operation: expected bool, but got string (1:1)
            -fname == 1                  | invalid operation: - (mismatched type string) (1:1)
            u8 % 0 == 1                  | integer divide by zero (1:4)
            u8 % 1.5 == 1                | invalid operation: % (mismatched types uint8 and float64) (1:4)
            lowr(fname) == 'x'           | unknown name lowr; did you mean "lower"? (1:1)
            lower(u8) == 'x'             | invalid argument for lower (type uint8) (1:1)
            lower() == 'x'               | invalid number of arguments for lower (expected 1, got 0) (1:1)
            addr in cidr("10.0.0.0/33")  | invalid CIDR address: 10.0.0.0/33 (1:9)
            addr in cidr(fname)          | cidr takes texts that are written out (1:9)
            # == 1                       | unexpected token Operator("#"): only predicates have elements (1:1)
            any(fname, # == 1)           | builtin any takes only array (got string) (1:1)
            u8 == 99999999999999999999   | invalid number literal: 99999999999999999999 (1:7)
            u8 == 0x                     | invalid number literal: 0x (1:7)
            u8 == 1d                     | invalid number literal: 1d (1:7)
            u8 in fname                  | invalid operation: in (mismatched types uint8 and string) (1:4)
            fname in [1]                 | invalid operation: == (mismatched types string and int) (1:7)
            u8 == 1 ~ 2                  | unrecognized character: U+007E (1:9)
            let fname = 1; true          | cannot redeclare fname (1:5)
            proc[1] == 'x'               | cannot use int to get an element (1:5)
            flag ? 1 : 'x'               | invalid operation: ?: (mismatched types int and string) (1:6)
            /* x                         | unclosed comment (1:1)
            """)
    void shouldRefuse(String text, String cause) {
        assertThatThrownBy(() -> holds(text))
                .isInstanceOf(FilterException.class)
                .hasMessageStartingWith(cause + "\n | " + text + "\n | ");
    }

    @Test
    void shouldShowThePlace() {
        assertThatThrownBy(() -> holds("true and\nfname == 1"))
                .hasMessage("invalid operation: == (mismatched types string and int) (2:7)\n | fname == 1\n | ......^");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            fname in cidr("10.0.0.0/8")       | unable to parse IP address "/etc/passwd"
            int(fname) == 1                   | invalid operation: int("/etc/passwd")
            u8 % (u8 - 255) == 0              | integer divide by zero
            bitshl(1, i8) == 0                | invalid operation: negative shift count -128
            repeat(fname, 1000000) == ""      | a text repeated 1000000 times is too long
            any(0..u32, # == -1)              | a range of more than 1000000 numbers
            """)
    void shouldFailForARecord(String text, String cause) {
        assertThatThrownBy(() -> holds(text))
                .isInstanceOf(FilterException.class)
                .hasMessage(cause);
    }

    @Test
    void shouldBoundTheTimeOfRegularExpressions() {
        byte[] bytes = Opened.bytes();
        for (int i = 96; i < 150; i++) {
            bytes[i] = 'a';
        }
        Condition condition = Filters.expression("fname matches \"^(a+)+$|(a|aa)+b\"", source);
        Condition slow = Filters.expression("fname matches \"a*a*a*a*a*a*c\"", source);

        assertThat(Opened.holds(source, condition, bytes)).isTrue();
        assertThatThrownBy(() -> Opened.holds(source, slow, bytes))
                .isInstanceOf(FilterException.class)
                .hasMessageContaining("takes too long for a text of 54 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "not ", "-", "[", "lower(", "flag ? ", "2 ** ", "any(numbers, ", "if true {", "let x = "})
    void shouldBoundNesting(String opening) {
        assertThatThrownBy(() -> holds(opening.repeat(5000)))
                .isInstanceOf(FilterException.class)
                .hasMessageFindingMatch(
                        "nested more than 200 deep|in a row|unexpected token|more than 20000 words|unknown name let");
    }

    @Test
    void shouldBoundSize() {
        assertThatThrownBy(() -> holds("flag" + " or flag".repeat(9000)))
                .hasMessageContaining("has more than 10000 parts");
        assertThatThrownBy(() -> holds("1" + " + 1".repeat(500) + " == 501"))
                .hasMessageContaining("more than 200 operators in a row");
        String doubled = "let a = u8 + u8; ";
        StringBuilder text = new StringBuilder(doubled);
        for (char c = 'b'; c < 'z'; c++) {
            text.append("let ")
                    .append(c)
                    .append(" = ")
                    .append((char) (c - 1))
                    .append(" + ")
                    .append((char) (c - 1))
                    .append("; ");
        }
        assertThatThrownBy(() -> holds(text + "y > 1")).hasMessageContaining("has more than 10000 parts");
        assertThatThrownBy(() -> holds("1, ".repeat(15_000))).hasMessageContaining("has more than 20000 words");
        assertThat(holds("flag" + " and flag".repeat(2000))).isTrue();
    }

    /** Whatever is written, it is compiled or refused with a sentence. */
    @Test
    void shouldBearAnything() {
        String[] words = {
            "proc", ".", "comm", "fname", "==", "\"cat\"", "and", "or", "not", "(", ")", "[", "]", "in", "1", "..",
                    "2.5", "+", "-",
            "*", "/", "%", "**", "matches", "contains", "let", "x", "=", ";", "?", ":", "??", "#", "any", ",",
                    "numbers", "{", "}",
            "if", "else", "|", "lower", "len", "cidr", "nil", "true", "flag", "u64", "'", "\\", "\u0000", "é", "🙂",
                    "0x", "1e"
        };
        Random random = new Random(16);
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder();
            int count = 1 + random.nextInt(12);
            for (int j = 0; j < count; j++) {
                text.append(words[random.nextInt(words.length)]).append(random.nextInt(4) == 0 ? "" : " ");
            }
            DataSource fresh = i % 100 == 0 ? Opened.source() : source;
            try {
                Opened.holds(fresh, Filters.expression(text.toString(), fresh));
            } catch (FilterException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            proc.comm=='cat' && (u8>1 or flag)   | proc.comm == "cat" and (u8 > 1 or flag)
            not (fname contains 'a"b')           | not (fname contains "a\\"b")
            u64 in [18446744073709551615, 1]     | u64 in [18446744073709551615, 1]
            proc.comm in ['a','b'] and flag      | proc.comm in ["a", "b"] and flag
            u8 + 1 == 3                          | u8 + 1 == 3
            """)
    void shouldDescribeConditions(String text, String description) {
        assertThat(Filters.expression(text, source).describe()).isEqualTo(description);
    }
}
