// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import dev.jig.bpf.Host;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** What the kernel made of a program that it loaded, in the words of {@code oracle.c}; names of maps stand for their ids, which differ with each load. */
final class LoadedProgramText {
    /** {@code struct bpf_prog_info}: {@code xlated_prog_len} and {@code xlated_prog_insns}. */
    private static final int LENGTH = 20;

    private static final int INSTRUCTIONS = 32;
    private static final int SIZE = 40;

    private final Map<Integer, String> mapNames = new HashMap<>();

    LoadedProgramText(LoadedObject object) {
        for (Map.Entry<String, BpfMap> map : object.maps().entrySet()) {
            mapNames.put(Host.id(map.getValue().descriptor(), false), map.getKey());
        }
    }

    String of(LoadedObject.Program program) {
        Bytecode code = Bytecode.wrap(instructions(program.program().descriptor()));
        Map<Integer, String> maps = new HashMap<>();
        for (int slot = 0; slot < code.slots(); slot++) {
            if (code.opcode(slot) == Opcode.LD_IMM64
                    && (code.source(slot) == PseudoSource.MAP_FD || code.source(slot) == PseudoSource.MAP_VALUE)) {
                maps.put(slot, mapNames.getOrDefault(code.immediate(slot), "?"));
            }
        }
        return InstructionText.of(code, maps);
    }

    private static byte[] instructions(FileDescriptor program) {
        try (Arena arena = Arena.ofConfined()) {
            int length = Host.information(arena, program, SIZE).get(ValueLayout.JAVA_INT, LENGTH);
            MemorySegment code = arena.allocate(length, Long.BYTES);
            MemorySegment question = arena.allocate(SIZE, Long.BYTES);
            question.set(ValueLayout.JAVA_INT, LENGTH, length);
            question.set(ValueLayout.JAVA_LONG, INSTRUCTIONS, code.address());
            BpfAttribute attribute = new BpfAttribute(arena)
                    .u32(0, program.number())
                    .u32(4, SIZE)
                    .pointer(8, question);
            BpfCommand.BPF_OBJ_GET_INFO_BY_FD.call(attribute, "instructions of " + program);
            return code.toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
