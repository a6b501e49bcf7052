// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Host;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.oracle.Toolchain;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@HostTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectLoaderTest {
    private static final byte[] FIRST = new byte[4];

    private final RunningKernelTypes kernel = new RunningKernelTypes(Optional.empty());
    private Toolchain toolchain;

    @BeforeAll
    void prepare() throws IOException, InterruptedException {
        toolchain = Toolchain.clangOnly();
    }

    private ObjectFile object(String name) throws IOException, InterruptedException {
        return ObjectFile.parse(name, Files.readAllBytes(toolchain.compile(name)));
    }

    private ObjectLoader loader(String name) throws IOException, InterruptedException {
        return new ObjectLoader(object(name), kernel);
    }

    private ObjectLoader loaderOf(String name, String onlyProgram) throws IOException, InterruptedException {
        ObjectLoader loader = loader(name);
        object(name).programs().forEach(program -> loader.exclude(program.name()));
        return loader.include(onlyProgram);
    }

    static List<String> programs() throws IOException {
        return Toolchain.programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldCreateAllMapsWithTheirProperties(String name) throws IOException, InterruptedException {
        ObjectFile object = object(name);
        ObjectLoader loader = new ObjectLoader(object, kernel);
        object.programs().forEach(program -> loader.exclude(program.name()));
        for (MapSpec map : object.maps()) {
            if (map.type() == MapType.PROG_ARRAY) {
                // Its programs are left out.
                loader.adjustMap(map.name(), ObjectLoaderTest::withoutSlots);
            }
        }

        try (LoadedObject loaded = loader.load()) {
            for (MapSpec map : object.maps()) {
                assertThat(kernelTypeAndFlags(loaded, map.name()))
                        .containsExactly(map.type(), map.flags(), (int) map.extra());
            }
            for (DataSection section : object.dataSections()) {
                assertThat(loaded.map(section.name()).isPresent()).isEqualTo(section.size() > 0);
            }
        }
    }

    private static MapSpec withoutSlots(MapSpec map) {
        return new MapSpec(
                map.name(),
                map.type(),
                map.keySize(),
                map.valueSize(),
                map.maxEntries(),
                map.flags(),
                map.extra(),
                map.numaNode(),
                map.pinning(),
                map.keyType(),
                map.valueType(),
                map.inner(),
                List.of());
    }

    /** {@code struct bpf_map_info}: type at 0, flags at 20, map_extra at 80. */
    private static List<Integer> kernelTypeAndFlags(LoadedObject loaded, String map) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info =
                    Host.information(arena, loaded.map(map).orElseThrow().descriptor(), 88);
            return List.of(info.get(ValueLayout.JAVA_INT, 0), info.get(ValueLayout.JAVA_INT, 20), (int)
                    info.get(ValueLayout.JAVA_LONG, 80));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loadable", "data_sections", "map_in_map", "tags", "map_kinds", "kfuncs", "kconfig"})
    void shouldLoadPrograms(String name) throws IOException, InterruptedException {
        try (LoadedObject loaded = loader(name).load()) {
            assertThat(loaded.programs()).hasSameSizeAs(object(name).programs());
        }
    }

    @Test
    void shouldGiveMapsAndProgramsTheirTypes() throws IOException, InterruptedException {
        try (LoadedObject loaded = loader("loadable").load();
                Arena arena = Arena.ofConfined()) {
            MemorySegment map =
                    Host.information(arena, loaded.requireMap("counters").descriptor(), 88);
            assertThat(map.get(ValueLayout.JAVA_INT, 64))
                    .as("btf_id of the map")
                    .isPositive();
            assertThat(map.get(ValueLayout.JAVA_INT, 72)).as("type of values").isPositive();
            MemorySegment section =
                    Host.information(arena, loaded.requireMap(".rodata").descriptor(), 88);
            assertThat(section.get(ValueLayout.JAVA_INT, 72))
                    .as("type of .rodata")
                    .isPositive();
            MemorySegment program = Host.information(
                    arena, loaded.program("enter").orElseThrow().program().descriptor(), 232);
            assertThat(program.get(ValueLayout.JAVA_INT, 128))
                    .as("btf_id of the program")
                    .isPositive();
            assertThat(program.get(ValueLayout.JAVA_INT, 144))
                    .as("nr_func_info")
                    .isGreaterThan(1);
            assertThat(program.get(ValueLayout.JAVA_INT, 148))
                    .as("nr_line_info")
                    .isGreaterThan(1);
        }
    }

    @Test
    void shouldFillSlotsOfMapsOfMaps() throws IOException, InterruptedException {
        try (LoadedObject loaded = loader("map_in_map").load()) {
            BpfMap outer = loaded.requireMap("outer");
            assertThat(outer.lookup(key(0))).isEmpty();
            assertThat(outer.lookup(key(1)))
                    .contains(key(Host.id(loaded.requireMap("first").descriptor(), false)));
            assertThat(outer.lookup(key(3)))
                    .contains(key(Host.id(loaded.requireMap("second").descriptor(), false)));
        }
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }

    @Test
    void shouldFreezeConstantsAndFillAllSections() throws IOException, InterruptedException {
        ObjectLoader loader = loader("data_sections");
        try (LoadedObject loaded = loader.load()) {
            for (String name : List.of(".rodata", ".rodata.extra")) {
                BpfMap constants = loaded.requireMap(name);
                byte[] content = constants.lookup(FIRST).orElseThrow();
                assertThatThrownBy(() -> constants.update(FIRST, content, BpfMap.ANY))
                        .as(name)
                        .isInstanceOfSatisfying(
                                SystemCallException.class,
                                refused -> assertThat(refused.errno()).isEqualTo(Errno.EPERM));
            }
            assertThat(loaded.requireMap(".rodata.extra").lookup(FIRST)).contains(key(9));
            assertThat(loaded.requireMap(".data.extra").lookup(FIRST)).contains(key(11));
        }
    }

    @Test
    void shouldRoundRingsUpToWhatTheKernelTakes() throws IOException, InterruptedException {
        try (LoadedObject loaded = loader("map_kinds").load()) {
            assertThat(loaded.requireMap("odd_ring").definition().maxEntries()).isEqualTo(8192);
        }
        assertThat(MapCreator.ringSize(1)).isGreaterThanOrEqualTo(4096);
        assertThat(MapCreator.ringSize(1 << 20)).isEqualTo(1 << 20);
        assertThat(MapCreator.ringSize((1 << 20) + 1)).isEqualTo(1 << 21);
        assertThat(MapCreator.ringSize(0)).isZero();
    }

    @Test
    void shouldTakeMapsOfTheCaller() throws IOException, InterruptedException {
        MapDefinition definition = MapDefinition.of("counters", MapType.HASH, 4, 8, 8);
        try (BpfMap own = BpfMap.create(definition)) {
            ObjectLoader loader = loader("loadable");
            assertThat(loader.replaceMap("counters", own)).isEmpty();
            try (LoadedObject loaded = loader.load()) {
                assertThat(loaded.requireMap("counters")).isSameAs(own);
            }
            assertThat(own.descriptor().isOpen()).isTrue();
        }
    }

    @Test
    void shouldKeepItsOwnMapWhereThatOfTheCallerDiffers() throws IOException, InterruptedException {
        MapDefinition definition =
                MapDefinition.of("counters", MapType.HASH, 4, 4, 9).withFlags(1);
        try (BpfMap other = BpfMap.create(definition)) {
            ObjectLoader loader = loader("loadable");
            assertThat(loader.replaceMap("counters", other))
                    .contains("map \"counters\" is not replaced: it has value size 4, the object declares 8; it has"
                            + " max_entries 9, the object declares 8; it has flags 1, the object declares 0");
            try (LoadedObject loaded = loader.load()) {
                assertThat(loaded.requireMap("counters")).isNotSameAs(other);
                assertThat(loaded.requireMap("counters").definition().valueSize())
                        .isEqualTo(8);
            }
        }
    }

    @Test
    void shouldExplainWhatTheVerifierRefuses() throws IOException, InterruptedException {
        ObjectLoader loader = loaderOf("refused", "unchecked_pointer");

        assertThatThrownBy(loader::load)
                .isInstanceOf(ProgramRejectedException.class)
                .hasMessageContaining("load program \"unchecked_pointer\": EACCES: ")
                .hasMessageContaining("invalid mem access 'map_value_or_null'")
                .hasMessageContaining("refused.bpf.c:16: return *value;")
                .hasMessageContaining("the verifier's last lines:");
    }

    @Test
    void shouldExplainFieldsThatTheKernelLacks() throws IOException, InterruptedException {
        ObjectLoader loader = loaderOf("refused", "missing_field");

        assertThatThrownBy(loader::load)
                .isInstanceOf(ProgramRejectedException.class)
                .hasMessageContaining("needs the offset of field struct task_struct.no_such_field: this kernel")
                .hasMessageContaining("refused.bpf.c:24: return BPF_CORE_READ(task, no_such_field);");
    }

    /** Compilers put the offset into a register ahead of the statement, without saying which line that is for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "late_field|refused.bpf.c:37: result += BPF_CORE_READ(task, no_such_field);|field struct task_struct.no_such_field",
                "late_enumerator|refused.bpf.c:48: sink += bpf_core_enum_value|enumerator enum bpf_func_id::BPF_FUNC_no_such_helper:"
            })
    void shouldShowTheLineThatNamesWhatTheKernelLacks(String program, String line, String subject)
            throws IOException, InterruptedException {
        ObjectLoader loader = loaderOf("refused", program);

        assertThatThrownBy(loader::load)
                .isInstanceOf(ProgramRejectedException.class)
                .hasMessageContaining(line)
                .hasMessageContaining(subject);
    }

    @Test
    void shouldShowTheLineInAHeaderWithoutItsText() throws IOException, InterruptedException {
        ObjectLoader loader = loaderOf("refused", "in_header");

        assertThatThrownBy(loader::load)
                .isInstanceOf(ProgramRejectedException.class)
                .hasMessageContaining("field struct task_struct.vanished: ")
                .hasMessageContaining("/nowhere/refused.h:7\n");
    }

    @Test
    void shouldExplainFunctionsThatTheKernelLacks() throws IOException, InterruptedException {
        ObjectLoader loader = loaderOf("refused", "missing_function");

        assertThatThrownBy(loader::load)
                .isInstanceOf(ProgramRejectedException.class)
                .hasMessageContaining("calls the kernel function bpf_no_such_function, which this kernel lacks");
    }

    @Test
    void shouldLeaveNothingInTheKernel() throws IOException, InterruptedException {
        List<Integer> programs = new ArrayList<>();
        List<Integer> maps = new ArrayList<>();
        try (LoadedObject loaded = loader("loadable").load()) {
            loaded.programs()
                    .forEach(program -> programs.add(Host.id(program.program().descriptor(), false)));
            loaded.maps().values().forEach(map -> maps.add(Host.id(map.descriptor(), false)));
            assertThat(Host.ids(BpfCommand.BPF_PROG_GET_NEXT_ID)).containsAll(programs);
            assertThat(Host.ids(BpfCommand.BPF_MAP_GET_NEXT_ID)).containsAll(maps);
        }
        Host.awaitGone(BpfCommand.BPF_PROG_GET_NEXT_ID, programs);
        Host.awaitGone(BpfCommand.BPF_MAP_GET_NEXT_ID, maps);
    }
}
