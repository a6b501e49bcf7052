// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.object.ObjectFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberArrayTest {
    private static final String VARIABLES = """
            const volatile __u32 words[3] = {1, 2, 3};
            const volatile signed char bytes[2] = {};
            const volatile __u64 longs[1] = {};
            const volatile __u32 single = 0;
            const volatile struct { int x; } structures[2] = {};
            """;

    @TempDir
    private Path folder = Path.of("");

    private Optional<byte[]> encode(String variable, String text) throws Exception {
        ObjectFile object = CompiledSource.compile(folder, VARIABLES);
        int type = object.btf().resolve(object.variable(variable).orElseThrow().type());
        return NumberArray.encode(object.btf(), type, text);
    }

    @Test
    void shouldWriteNumbers() throws Exception {
        byte[] words = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putInt(7)
                .putInt(-1)
                .array();

        assertThat(encode("words", "7, 4294967295")).contains(words);
        assertThat(encode("bytes", "-128,127")).contains(new byte[] {-128, 127});
        assertThat(encode("longs", "18446744073709551615")).contains(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
    }

    @Test
    void shouldRefuseWhatDoesNotFit() throws Exception {
        assertThat(encode("words", "1,2,3,4")).isEmpty();
        assertThat(encode("words", "-1")).isEmpty();
        assertThat(encode("words", "4294967296")).isEmpty();
        assertThat(encode("words", "1,,2")).isEmpty();
        assertThat(encode("words", "x")).isEmpty();
        assertThat(encode("bytes", "128")).isEmpty();
        assertThat(encode("single", "1")).isEmpty();
        assertThat(encode("structures", "1")).isEmpty();
    }
}
