// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorListTest {
    private static final Path SOURCE = Path.of("/list");

    @Test
    void shouldReadNumbersAndRanges() {
        assertThat(ProcessorList.parse(SOURCE, "0").numbers()).containsExactly(0);
        assertThat(ProcessorList.parse(SOURCE, "0-3").numbers()).containsExactly(0, 1, 2, 3);
        assertThat(ProcessorList.parse(SOURCE, "0,2-4,7").numbers()).containsExactly(0, 2, 3, 4, 7);
    }

    @Test
    void shouldKnowTheHighest() {
        assertThat(ProcessorList.parse(SOURCE, "0-3,5").highest()).isEqualTo(5);
        assertThat(ProcessorList.parse(SOURCE, "0,2-127").highest()).isEqualTo(127);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0-",
                "-1",
                "all",
                "3-1",
                "0,0",
                "2,1",
                "0-3,2",
                "1,",
                "99999999999",
                "0-2147483647",
                "65536"
            })
    void shouldRefuseWhatIsNoList(String list) {
        assertThatThrownBy(() -> ProcessorList.parse(SOURCE, list))
                .isInstanceOf(BpfException.class)
                .hasMessage("not a list of processors in /list: \"" + list + "\"");
    }

    @Test
    void shouldFindThisMachinesOnlineProcessorsAmongThePossibleOnes() {
        assertThat(ProcessorList.possible().numbers())
                .contains(ProcessorList.online().numbers());
    }
}
