// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names for addresses in user programs: from their symbol tables, Go's tables, the maps that virtual machines write for perf, and the kernel's vdso. What was
 * read of processes and files is kept for the next stack, within bounds. For one thread.
 */
public final class UserSymbols implements AutoCloseable {
    private static final int MOST_PROCESSES = 512;

    private final Path processes;
    private final FunctionTables tables;
    private final Map<Key, Optional<ProcessSymbols>> known = new LinkedHashMap<>();

    private boolean learning;

    private record Key(int process, int addressSpace) {}

    /**
     * @param processes where the processes are described, usually {@code /proc}
     */
    public UserSymbols(Path processes) {
        this.processes = requireNonNull(processes, "processes");
        this.tables = new FunctionTables();
    }

    /**
     * Who had a stack.
     *
     * @param process its number where this object looks for processes
     * @param parent number of the process that started it, 0 if unknown: a process that lived too short shares its parent's layout until it executes something
     * @param addressSpace tells apart what one process number meant at different times
     */
    public record Task(int process, int parent, int addressSpace, Executable executable) {}

    /**
     * Finds the names of functions.
     *
     * @param addresses of a stack, innermost first; all but the first are where calls return to
     * @return as many names; the empty one where none is known
     */
    public List<String> names(Task task, long[] addresses) {
        Optional<ProcessSymbols> process = find(task, addresses);
        List<String> names = new ArrayList<>(addresses.length);
        for (int i = 0; i < addresses.length; i++) {
            // A call may be the last instruction of its function.
            long place = i == 0 ? addresses[i] : addresses[i] - 1;
            names.add(process.isPresent() ? process.get().nameAt(place).orElse("") : "");
        }
        learning |= process.isPresent() && process.get().mayLearn();
        return names;
    }

    /** Whether addresses had no names since the last question that may have some later, as virtual machines make code, and tell of it, as they go. */
    public boolean mayLearn() {
        boolean may = learning;
        learning = false;
        return may;
    }

    private Optional<ProcessSymbols> find(Task task, long[] addresses) {
        Key key = new Key(task.process, task.addressSpace);
        Optional<ProcessSymbols> found = known.get(key);
        if (found == null) {
            found = open(task.process, task.executable);
            if (found.isEmpty() && task.parent > 0) {
                found = open(task.parent, task.executable)
                        .filter(parent -> addresses.length > 0 && parent.covers(addresses[0]));
            }
            if (known.size() >= MOST_PROCESSES || tables.isFull()) {
                forget();
            }
            known.put(key, found);
        }
        return found;
    }

    private Optional<ProcessSymbols> open(int process, Executable executable) {
        Path folder = processes.resolve(String.valueOf(process));
        return executable.isOf(folder) ? ProcessSymbols.open(folder, tables) : Optional.empty();
    }

    /** Forgets everything, for instance because programs may have made code since. */
    public void forget() {
        known.clear();
        tables.clear();
    }

    /** Forgets what is known of processes, but not of files. */
    public void forgetProcesses() {
        known.clear();
    }

    @Override
    public void close() {
        forget();
    }
}
