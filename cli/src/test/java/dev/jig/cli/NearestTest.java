// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"'',''  ,0", "a,'',1", "kitten,sitting,3", "run,run,0", "run,rnu,2", "pid,pidd,1"})
    void shouldMeasureDistances(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void shouldFindSlips() {
        assertThat(Nearest.find("imgae", List.of("run", "image", "version"))).hasValue("image");
        assertThat(Nearest.find("runn", List.of("run", "image"))).hasValue("run");
        assertThat(Nearest.find("xyz", List.of("run", "image"))).isEmpty();
    }

    @Test
    void shouldNotTakeShortWordsForEverything() {
        assertThat(Nearest.find("zz", List.of("ab", "c"))).isEmpty();
    }

    @Test
    void shouldPreferWordsThatBeginAlike() {
        assertThat(Nearest.find("tid", List.of("pid", "uid", "tad"))).hasValue("tad");
    }
}
