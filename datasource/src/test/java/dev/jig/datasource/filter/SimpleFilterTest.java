// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.datasource.DataSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimpleFilterTest {
    private static final List<String> SOURCES = List.of("open", "other");

    private final DataSource source = Opened.source();

    private boolean holds(String text) {
        return Opened.holds(source, Filters.simple(text, source, SOURCES));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            proc.comm=cat                  | true
            proc.comm==cat                 | true
            PROC.COMM==cat                 | true
            proc.comm==ca                  | false
            proc.comm!=cat                 | false
            proc.comm!=dog                 | true
            proc.comm<cau                  | true
            proc.comm<cat                  | false
            proc.comm<=cat                 | true
            proc.comm>ca                   | true
            proc.comm>=catt                | false
            proc.comm~^c.t$                | true
            proc.comm~a                    | true
            proc.comm!~a                   | false
            proc.comm!~^x                  | true
            proc.comm==cat,fname==/etc/passwd | true
            proc.comm==cat,fname==/etc     | false
            ,proc.comm==cat,,              | true
            fname~/etc\\,                  | false
            fname~(x&b)?passwd             | true
            proc.creds.uid==1000           | true
            proc.creds.uid==0001000        | true
            proc.creds.uid!=0              | true
            proc.creds.uid>=1000,proc.creds.uid<1001 | true
            i8==-128                       | true
            i8<-127                        | true
            u64==18446744073709551615      | true
            u64>5                          | true
            i64<0                          | true
            f32==0.1                       | true
            f64>2.4                        | true
            f64==2.5                       | true
            flag=true                      | true
            flag==1                        | true
            flag!=0                        | true
            flag==false                    | false
            unset==0                       | true
            error==ENOENT                  | true
            open:proc.comm==cat            | true
            open:proc.comm==dog            | false
            other:nosuch==1                | true
            fname==a=b                     | false
            fname!=a:b                     | true
            """)
    void shouldFilter(String text, boolean holds) {
        assertThat(holds(text)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            nosuch==1       | field "nosuch" not found in datasource open
            fnam==1         | field "fnam" not found in datasource open; did you mean "fname"?
            § fname==1§     | field " fname" not found in datasource open; did you mean "fname"?
            comm==cat       | field "comm" not found in datasource open; did you mean "proc.comm"?
            fname           | extracting filter rule "fname": incomplete filter rule: "fname"
            fname==         | extracting filter rule "fname==": incomplete filter rule: "fname=="
            fname===        | extracting filter rule "fname===": incomplete filter rule: "fname==="
            fname=~x        | extracting filter rule "fname=~x": invalid operation: "=~"
            fname===x       | extracting filter rule "fname===x": invalid operation: "==="
            fname!x         | extracting filter rule "fname!x": invalid operation: "!"
            u32==x          | parsing comparison value as uint: strconv.ParseUint: parsing "x": invalid syntax
            u32==-1         | parsing comparison value as uint: strconv.ParseUint: parsing "-1": invalid syntax
            u8==256         | parsing comparison value as uint: strconv.ParseUint: parsing "256": value out of range
            i8==-129        | parsing comparison value as int: strconv.ParseInt: parsing "-129": value out of range
            u32==0x10       | parsing comparison value as uint: strconv.ParseUint: parsing "0x10": invalid syntax
            f64==1d         | parsing comparison value as float: strconv.ParseFloat: parsing "1d": invalid syntax
            u32~1           | regex based filtering can only be used on strings
            fname~[         | invalid regular expression: "["
            flag==False     | parsing comparison value "False" as bool
            flag>false      | boolean values can only be filtered by exact match
            proc.creds==1   | unsupported field type for comparison: Bytes
            numbers==1      | unsupported field type for comparison: Uint16Array
            k8s==1          | unsupported type: Invalid
            opn:fname==1    | data source "opn" not found; did you mean "open"?
            """)
    void shouldRefuse(String text, String message) {
        assertThatThrownBy(() -> holds(text))
                .isInstanceOf(FilterException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            a,b           | a;b
            a\\,b         | a,b
            a\\\\,b       | a\\;b
            a\\x,b        | a\\x;b
            a\\           | a\\
            ,,a           | a
            """)
    void shouldSplitRules(String text, String rules) {
        assertThat(String.join(";", SimpleFilter.split(text))).isEqualTo(rules);
    }
}
