// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.ExtensionSection;
import dev.jig.bpf.core.CoreNeed;
import dev.jig.bpf.core.RelocationKind;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Insertion;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The object's function and line records, for instructions at their place in a linked program. */
public final class ProgramInformation {
    /** Bytes of {@code struct bpf_func_info}. */
    public static final int FUNCTION_SIZE = 8;

    /** Bytes of {@code struct bpf_line_info}. */
    public static final int LINE_SIZE = 16;

    private final ObjectFile object;
    private final List<LinkedProgram.Placement> placements;
    private final List<Insertion> insertions;

    /**
     * @param placements of the functions before anything was inserted
     * @param insertions in their order
     */
    ProgramInformation(ObjectFile object, List<LinkedProgram.Placement> placements, List<Insertion> insertions) {
        this.object = object;
        this.placements = placements;
        this.insertions = insertions;
    }

    byte[] functionRecords() {
        return records(object.extension().functions(), FUNCTION_SIZE);
    }

    byte[] lineRecords() {
        return records(object.extension().lines(), LINE_SIZE);
    }

    private byte[] records(List<ExtensionSection> sections, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] record = new byte[size];
        for (LinkedProgram.Placement placement : placements) {
            Optional<ExtensionSection> found = recordsOf(placement.function(), sections);
            if (found.isPresent()) {
                append(bytes, record, found.get(), placement);
            }
        }
        return bytes.toByteArray();
    }

    private void append(
            ByteArrayOutputStream bytes, byte[] record, ExtensionSection records, LinkedProgram.Placement placement) {
        FunctionSpec function = placement.function();
        long end = (function.firstSlot() + (long) function.slots()) * Bytecode.SLOT;
        for (int i = records.firstAt((long) function.firstSlot() * Bytecode.SLOT); i < records.count(); i++) {
            long offset = records.instructionOffset(i);
            if (offset >= end) {
                return;
            }
            ByteBuffer words = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
            words.putInt(0, moved((int) (offset / Bytecode.SLOT) - function.firstSlot() + placement.firstSlot()));
            for (int word = 1; word < record.length / 4; word++) {
                words.putInt(word * 4, records.word(i, word));
            }
            bytes.write(record, 0, record.length);
        }
    }

    Map<Integer, CoreNeed> coreNeeds() {
        Map<Integer, CoreNeed> needs = new TreeMap<>();
        for (LinkedProgram.Placement placement : placements) {
            Optional<ExtensionSection> found =
                    recordsOf(placement.function(), object.extension().relocations());
            found.ifPresent(records -> addNeeds(needs, records, placement));
        }
        return needs;
    }

    private void addNeeds(Map<Integer, CoreNeed> needs, ExtensionSection records, LinkedProgram.Placement placement) {
        FunctionSpec function = placement.function();
        long first = (long) function.firstSlot() * Bytecode.SLOT;
        long end = first + (long) function.slots() * Bytecode.SLOT;
        for (int i = records.firstAt(first); i < records.count() && records.instructionOffset(i) < end; i++) {
            int slot = (int) ((records.instructionOffset(i) - first) / Bytecode.SLOT) + placement.firstSlot();
            String access = object.btf().string(records.word(i, 2) & 0xffff_ffffL);
            RelocationKind kind = RelocationKind.of(records.word(i, 3));
            needs.put(moved(slot), CoreNeed.of(object.btf(), kind, records.word(i, 1), access));
        }
    }

    /** Records about the instruction before which something was inserted become records about what was inserted. */
    private int moved(int slot) {
        int moved = slot;
        for (Insertion insertion : insertions) {
            moved = moved == insertion.slot() ? moved : insertion.moved(moved);
        }
        return moved;
    }

    private int original(int slot) {
        int original = slot;
        for (Insertion insertion : insertions.reversed()) {
            original = insertion.original(original);
        }
        return original;
    }

    private Optional<ExtensionSection> recordsOf(FunctionSpec function, List<ExtensionSection> sections) {
        return object.codeOf(function).recordsIn(sections);
    }

    Optional<SourceLine> line(int changedSlot) {
        Optional<LineSearch> found = search(changedSlot);
        return found.isPresent() ? found.get().line() : Optional.empty();
    }

    /** Prefers a line near by that has a word. */
    Optional<SourceLine> line(int changedSlot, String word) {
        Optional<LineSearch> found = search(changedSlot);
        return found.isPresent() ? found.get().line(word) : Optional.empty();
    }

    private Optional<LineSearch> search(int changedSlot) {
        int slot = original(changedSlot);
        for (LinkedProgram.Placement placement : placements) {
            FunctionSpec function = placement.function();
            int relative = slot - placement.firstSlot();
            if (relative >= 0 && relative < function.slots()) {
                Optional<ExtensionSection> lines =
                        recordsOf(function, object.extension().lines());
                return lines.map(records -> new LineSearch(object.btf(), records, function, relative));
            }
        }
        return Optional.empty();
    }
}
