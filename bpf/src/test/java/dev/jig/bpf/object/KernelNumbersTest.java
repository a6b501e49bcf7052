// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.insn.Helper;
import dev.jig.testing.Requirement;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers that we know by heart are those of the running kernel, as far as it knows them. */
class KernelNumbersTest {
    /** Names that the kernel has shortened more than we do. */
    private static final Map<String, String> OTHER_NAMES = Map.of("UNSPECIFIED", "UNSPEC", "EXTENSION", "EXT");

    @BeforeEach
    void needTypes() {
        Requirement.check(Files.exists(KernelBtf.DIRECTORY.resolve("vmlinux")), "the kernel has no BTF");
    }

    private static Map<String, Long> enumeration(String name) {
        KernelBtf kernel = KernelBtf.open(Optional.empty());
        int id = kernel.find(name, BtfKind.ENUM).orElseThrow();
        Map<String, Long> numbers = new HashMap<>();
        for (BtfType.Enumerator enumerator :
                ((BtfType.Enumeration) kernel.kernel().type(id)).enumerators()) {
            numbers.put(enumerator.name(), enumerator.value());
        }
        return numbers;
    }

    @Test
    void shouldKnowProgramTypes() {
        Map<String, Long> kernel = enumeration("bpf_prog_type");
        for (ProgramType type : ProgramType.values()) {
            String name = "BPF_PROG_TYPE_" + OTHER_NAMES.getOrDefault(type.name(), type.name());

            assertThat(kernel).containsKey(name);
            assertThat(kernel.get(name)).as(name).isEqualTo(type.number());
        }
    }

    @Test
    void shouldKnowAttachTypes() {
        Map<String, Long> kernel = enumeration("bpf_attach_type");
        int known = 0;
        for (AttachType type : AttachType.values()) {
            Long number = kernel.get("BPF_" + type.name());
            if (number != null) {
                assertThat(number).as(type.name()).isEqualTo(type.number());
                known++;
            }
        }

        assertThat(known).isGreaterThan(40);
    }

    @Test
    void shouldKnowHelpers() {
        Map<String, Long> kernel = enumeration("bpf_func_id");
        kernel.remove("__BPF_FUNC_MAX_ID");

        assertThat(kernel)
                .allSatisfy((name, number) -> assertThat(Helper.name(Math.toIntExact(number)))
                        .hasValue("bpf_" + name.substring("BPF_FUNC_".length())));
    }
}
