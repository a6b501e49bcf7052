// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelBtfTest {
    @TempDir
    private Path directory;

    private Path types;
    private Path notes;
    private Path cache;

    @BeforeEach
    void prepare() throws IOException {
        types = Files.createDirectory(directory.resolve("btf"));
        notes = directory.resolve("notes");
        cache = directory.resolve("cache");
        writeKernel("kernel_struct");
        ByteBuffer note = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
        note.putInt(4)
                .putInt(4)
                .putInt(3)
                .put("GNU\0".getBytes(StandardCharsets.UTF_8))
                .putInt(0x1234);
        Files.write(notes, note.array());
    }

    private void writeKernel(String struct) throws IOException {
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("int", 4, true);
        builder.addStruct(struct, 4, List.of(new BtfType.Member("a", 1, 0, 0)));
        Files.write(types.resolve("vmlinux"), builder.build());
    }

    private KernelBtf open() {
        return KernelBtf.open(types, notes, Optional.of(cache));
    }

    private Path index() throws IOException {
        try (var files = Files.list(cache)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void shouldFindTypesWithoutACache() {
        KernelBtf kernel = KernelBtf.open(types, notes, Optional.empty());

        assertThat(kernel.find("kernel_struct", BtfKind.STRUCT)).hasValue(2);
        assertThat(kernel.findAnywhere("int", BtfKind.INT)).hasValueSatisfying(location -> {
            assertThat(location.module()).isEmpty();
            assertThat(location.type()).isEqualTo(1);
        });
        assertThat(kernel.findAnywhere("nothing", BtfKind.INT)).isEmpty();
        assertThat(cache).doesNotExist();
    }

    @Test
    void shouldStoreAnIndexThatOnlyItsOwnerCanRead() throws IOException {
        open();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldFindTheSameTypesThroughTheIndex() throws IOException {
        open();
        byte[] stored = Files.readAllBytes(index());
        KernelBtf again = open();

        assertThat(again.find("kernel_struct", BtfKind.STRUCT)).hasValue(2);
        assertThat(again.find("nothing", BtfKind.STRUCT)).isEmpty();
        assertThat(again.kernel().offsets()).isInstanceOf(IntTable.InBytes.class);
        assertThat(Files.readAllBytes(index())).isEqualTo(stored);
    }

    @Test
    void shouldIgnoreADamagedIndex() throws IOException {
        open();
        byte[] good = Files.readAllBytes(index());
        for (int i = 0; i < good.length; i++) {
            byte[] damaged = good.clone();
            damaged[i] ^= 0x10;
            Files.write(index(), damaged);
            KernelBtf kernel = open();

            assertThat(kernel.kernel().offsets()).as("byte %d", i).isInstanceOf(IntTable.OnHeap.class);
            assertThat(kernel.find("kernel_struct", BtfKind.STRUCT)).hasValue(2);
            assertThat(Files.readAllBytes(index())).as("replaced by a good one").isEqualTo(good);
        }
    }

    @Test
    void shouldIgnoreATruncatedIndex() throws IOException {
        open();
        byte[] good = Files.readAllBytes(index());
        for (int length : new int[] {0, 10, 63, 64, 65, good.length - 1}) {
            Files.write(index(), java.util.Arrays.copyOf(good, length));

            assertThat(open().find("kernel_struct", BtfKind.STRUCT)).hasValue(2);
        }
    }

    @Test
    void shouldIgnoreTheIndexOfTypesOfAnotherSize() throws IOException {
        open();
        writeKernel("another_kernel_struct");

        assertThat(open().find("another_kernel_struct", BtfKind.STRUCT)).hasValue(2);
        assertThat(open().find("kernel_struct", BtfKind.STRUCT)).isEmpty();
    }

    @Test
    void shouldIgnoreAnIndexThatOthersCanWrite() throws IOException {
        open();
        Files.setPosixFilePermissions(index(), PosixFilePermissions.fromString("rw--w----"));

        assertThat(open().kernel().offsets()).isInstanceOf(IntTable.OnHeap.class);
    }

    @Test
    void shouldIgnoreADirectoryThatOthersCanWrite() throws IOException {
        open();
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(index());

        assertThat(open().kernel().offsets()).isInstanceOf(IntTable.OnHeap.class);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void shouldDoWithoutABuildId() throws IOException {
        Files.delete(notes);

        assertThat(open().find("kernel_struct", BtfKind.STRUCT)).hasValue(2);
        assertThat(cache).doesNotExist();
    }

    @Test
    void shouldReadModulesWhenAsked() throws IOException {
        int strings = open().kernel().strings().size();
        BtfBlob module = new BtfBlob();
        module.add(strings + 1);
        module.add(BtfBlob.info(BtfKind.TYPEDEF, 0, false));
        module.add(2);
        Files.write(types.resolve("nf_tables"), module.write("\0module_type\0".getBytes(StandardCharsets.UTF_8)));
        KernelBtf kernel = open();

        assertThat(kernel.moduleNames()).containsExactly("nf_tables");
        assertThat(kernel.findAnywhere("module_type", BtfKind.TYPEDEF)).hasValueSatisfying(location -> {
            assertThat(location.module()).contains("nf_tables");
            assertThat(location.btf().name(location.btf().target(location.type())))
                    .isEqualTo("kernel_struct");
        });
        assertThat(kernel.module("nf_tables")).isSameAs(kernel.modules().getFirst());
    }

    @Test
    void shouldFindEachTypeOfTheRunningKernel() {
        Requirement.check(Files.exists(KernelBtf.DIRECTORY.resolve("vmlinux")), "the kernel has no BTF");
        KernelBtf.open(Optional.of(cache));
        Btf kernel = KernelBtf.open(Optional.of(cache)).kernel();

        assertThat(kernel.offsets()).isInstanceOf(IntTable.InBytes.class);
        for (int id = 1; id < kernel.typeCount(); id += 7) {
            String name = kernel.name(id);
            if (!name.isEmpty() && kernel.kind(id).isLookedUpByName()) {
                int found = kernel.find(name, kernel.kind(id)).orElseThrow();
                assertThat(found).isPositive().isLessThanOrEqualTo(id);
                assertThat(kernel.name(found)).isEqualTo(name);
            }
        }
    }

    @Test
    void shouldSayWhatAKernelWithoutTypesLacks() {
        assertThatThrownBy(() -> KernelBtf.open(directory, notes, Optional.empty()))
                .isInstanceOf(BtfException.class)
                .hasMessageContaining("CONFIG_DEBUG_INFO_BTF");
    }
}
