// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolConstantsTest {
    private static final String SOURCE = """
            const volatile __u64 start = 7;
            const volatile __u64 absent = 7;
            const volatile __u32 narrow = 7;
            const void *gadget_ksym___start___no_such_function_here;
            const void *gadget_ksym___start___do_exit;
            const void *gadget_ksym___start___do_group_exit;
            const void *gadget_ksym___absent___no_such_function_here;
            """;

    @TempDir
    private Path folder = Path.of("");

    private static long value(VariableValues values, String name) {
        return ByteBuffer.wrap(values.get(name)).order(ByteOrder.nativeOrder()).getLong();
    }

    @Test
    void shouldAskForNothingThatIsNotWanted() throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);
        VariableValues values = new VariableValues(object);

        SymbolConstants.of(object, List.of(), () -> {
                    throw new AssertionError("nobody needs symbols");
                })
                .write(values, Log.NONE);

        assertThat(value(values, "start")).isEqualTo(7);
    }

    @Test
    void shouldKeepValuesWhereTheKernelHidesAddresses() throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);
        VariableValues values = new VariableValues(object);
        List<String> told = new ArrayList<>();
        List<Marker> markers = new MarkerReader(object.btf(), Log.NONE).read();

        SymbolConstants.of(object, markers, () -> {
                    throw new BpfException("hidden");
                })
                .write(values, (level, message) -> told.add(message));

        assertThat(value(values, "start")).isEqualTo(7);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).contains("hidden");
    }

    @Test
    void shouldRefuseVariablesOfAnotherSize() throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);
        List<Marker> markers = List.of(new Marker.KernelSymbol("narrow", "do_exit", true));

        assertThatExceptionOfType(GadgetException.class)
                .isThrownBy(() -> SymbolConstants.of(object, markers, () -> {
                    throw new AssertionError("not asked");
                }))
                .withMessageContaining("\"narrow\" of 8 bytes");
    }

    @Test
    void shouldReadTheMarkers() throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);

        assertThat(new MarkerReader(object.btf(), Log.NONE).read())
                .contains(
                        new Marker.KernelSymbol("start", "do_exit", false),
                        new Marker.KernelSymbol("absent", "no_such_function_here", false));
    }
}
