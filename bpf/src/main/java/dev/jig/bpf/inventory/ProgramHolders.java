// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;
import dev.jig.bpf.sys.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The processes that hold programs, as an iterator program tells (Linux 5.8): one pass over the open files of all tasks
 * inside the kernel. Not for concurrent use.
 */
public final class ProgramHolders implements AutoCloseable {
    private static final int BUFFER_SIZE = 1 << 16;

    private final BpfProgram program;
    private final BpfLink link;

    private ProgramHolders(BpfProgram program, BpfLink link) {
        this.program = program;
        this.link = link;
    }

    /**
     * Loads the iterator.
     *
     * @param kernel types of the running kernel
     * @throws BpfException when this kernel has no such iterator or does not permit it
     */
    public static ProgramHolders open(Btf kernel) {
        int target = kernel.find("bpf_iter_task_file", BtfKind.FUNCTION)
                .orElseThrow(() -> new BpfException("this kernel cannot iterate over the files of tasks"));
        HolderProgram code = new HolderProgram(kernel);
        long[] operations = new long[2];
        try (ProgramHolders learning = load("jig_learn_files", code.learning(), target)) {
            int programDescriptor = learning.program.descriptor().number();
            int linkDescriptor = learning.link.descriptor().number();
            learning.read(record -> {
                int descriptor = record.get(ValueLayout.JAVA_INT, 0);
                if (descriptor == programDescriptor) {
                    operations[0] = record.get(ValueLayout.JAVA_LONG, Long.BYTES);
                } else if (descriptor == linkDescriptor) {
                    operations[1] = record.get(ValueLayout.JAVA_LONG, Long.BYTES);
                }
            });
        }
        if (operations[0] == 0) {
            throw new BpfException("the iterator over the files of tasks did not come across this process");
        }
        return load("jig_find_holders", code.finding(operations[0], operations[1]), target);
    }

    private static ProgramHolders load(String name, byte[] instructions, int target) {
        BpfProgram program =
                BpfProgram.load(ProgramDefinition.of(name, ProgramType.TRACING.number(), instructions, "GPL")
                        .withTarget(AttachType.TRACE_ITER.number(), new AttachTarget(target, 0), 0));
        try {
            return new ProgramHolders(program, BpfLink.iterator(program, MemorySegment.NULL));
        } catch (RuntimeException refused) {
            program.close();
            throw refused;
        }
    }

    /**
     * Who holds what right now, in the order of processes; a process is named once for each descriptor.
     *
     * @throws BpfException when the iterator cannot be read
     */
    public List<ProgramHolder> read() {
        List<ProgramHolder> found = new ArrayList<>();
        read(record -> found.add(new ProgramHolder(
                record.get(ValueLayout.JAVA_INT, 0),
                record.get(ValueLayout.JAVA_INT, 4),
                record.asSlice(8).getString(0))));
        return found;
    }

    private void read(Consumer<MemorySegment> consumer) {
        try (FileDescriptor iterator = link.openIterator();
                Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER_SIZE, Long.BYTES);
            long filled = 0;
            long count;
            do {
                count = iterator.read(buffer.asSlice(filled));
                filled += count;
                long whole = filled - filled % HolderProgram.RECORD_SIZE;
                for (long at = 0; at < whole; at += HolderProgram.RECORD_SIZE) {
                    consumer.accept(buffer.asSlice(at, HolderProgram.RECORD_SIZE));
                }
                MemorySegment.copy(buffer, whole, buffer, 0, filled - whole);
                filled -= whole;
            } while (count != 0);
        }
    }

    @Override
    public void close() {
        link.close();
        program.close();
    }
}
