// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationTemplatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp",
                "bytes",
                "duration",
                "node",
                "pod",
                "container",
                "namespace",
                "containerImageName",
                "containerImageDigest",
                "containerStartedAt",
                "containerPid",
                "comm",
                "pcomm",
                "pid",
                "ppid",
                "tid",
                "ptid",
                "uid",
                "gid",
                "ns",
                "mntns_id",
                "netns_id",
                "l4endpoint",
                "syscall",
                "errorString",
                "user_stack"
            })
    void shouldKnowEachTemplate(String template) {
        Map<String, String> annotations = new TreeMap<>();
        assertThat(AnnotationTemplates.apply(template, annotations)).isTrue();
        assertThat(annotations).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp, columns.width=35, columns.hidden=true", "containerPid, columns.width=6, columns.alignment=right",
        "pid, columns.minwidth=7, description=Process ID", "gid, columns.minwidth=8, description=Group ID",
        "l4endpoint, columns.maxwidth=52, columns.ellipsis=middle", "netns_id, columns.width=12, columns.hidden=true"
    })
    void shouldSetTheirAnnotations(String template, String first, String second) {
        Map<String, String> annotations = new TreeMap<>();
        AnnotationTemplates.apply(template, annotations);
        assertThat(annotations.toString()).contains(first, second);
    }

    @Test
    void shouldOverwriteAndKeepOthers() {
        Map<String, String> annotations = new TreeMap<>(Map.of("columns.width", "1", "other", "x"));
        AnnotationTemplates.apply("node", annotations);
        assertThat(annotations).isEqualTo(Map.of("columns.width", "30", "columns.ellipsis", "middle", "other", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pid", "nosuch"})
    void shouldNotKnowOthers(String template) {
        Map<String, String> annotations = new TreeMap<>();
        assertThat(AnnotationTemplates.apply(template, annotations)).isFalse();
        assertThat(annotations).isEmpty();
    }
}
