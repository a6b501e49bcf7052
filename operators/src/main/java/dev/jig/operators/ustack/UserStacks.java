// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.map.StackTraces;
import dev.jig.bpf.symbols.UserSymbols;
import dev.jig.datasource.LongTextMemo;
import dev.jig.datasource.Record;
import dev.jig.datasource.Utf8Literal;
import dev.jig.gadget.Log;
import dev.jig.operators.StackLosses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The texts of user stacks, made once for each stack of an address space. Names that could not be found are looked for again after a while where
 * virtual machines make code. For one thread.
 */
final class UserStacks implements AutoCloseable {
    private static final String MAP = "ig_ustack";
    private static final Path PROCESSES = Path.of("/proc");
    private static final int MOST_TEXTS = 4096;
    private static final long AGAIN_NANOSECONDS = 2_000_000_000;

    private final Symbolizers symbolizers;
    private final Log log;
    private final StackLosses losses;
    private final LongTextMemo addressTexts = new LongTextMemo(MOST_TEXTS, this::addressText);
    private final LongTextMemo symbolTexts = new LongTextMemo(MOST_TEXTS, this::symbolText);
    private final UserSymbols symbols = new UserSymbols(PROCESSES);
    private final ProcessNumbers numbers = ProcessNumbers.ofThisProcess();
    private final BuildIds buildIds;
    private Optional<StackTraces> stacks = Optional.empty();
    /** Whose stack is to be symbolised. */
    private Optional<UserSymbols.Task> task = Optional.empty();

    private boolean incomplete;
    private long incompleteSince;

    /**
     * @param cachePath of debuginfod, empty for its default
     * @param source for messages
     */
    UserStacks(Symbolizers symbolizers, String cachePath, String source, Log log) {
        this.symbolizers = symbolizers;
        this.log = log;
        this.losses = new StackLosses("user stacks of data source \"" + source + "\"", MAP, log);
        this.buildIds = new BuildIds(symbolizers.debuginfodCache(), cachePath, log);
    }

    /** Takes the stacks from what was loaded. */
    void open(LoadedObject loaded) {
        stacks = loaded.map(MAP).map(StackTraces::new);
        buildIds.open(loaded);
    }

    Utf8Literal addresses(StackField.Readers readers, Record record) {
        return isTaken(readers, record) ? addressTexts.of(readers.stack().read(record)) : Utf8Literal.EMPTY;
    }

    Utf8Literal buildIds(StackField.Readers readers, Record record) {
        return isTaken(readers, record) ? buildIds.text((int) readers.stack().read(record)) : Utf8Literal.EMPTY;
    }

    Utf8Literal symbols(StackField.Readers readers, Record record) {
        if (!symbolizers.tables() && !symbolizers.debuginfodCache() || !isTaken(readers, record)) {
            return Utf8Literal.EMPTY;
        }
        if (incomplete && System.nanoTime() - incompleteSince > AGAIN_NANOSECONDS) {
            symbolTexts.clear();
            symbols.forgetProcesses();
            incomplete = false;
        }
        int addressSpace = (int) readers.addressSpace().read(record);
        task = Optional.of(new UserSymbols.Task(
                numbers.process(readers, record),
                readers.parent().isPresent() ? (int) readers.parent().get().read(record) : 0,
                addressSpace,
                readers.executable(record)));
        return symbolTexts.of(
                (long) addressSpace << Integer.SIZE | readers.stack().read(record));
    }

    /** A program that has no executable, or took no stack, leaves the inode 0. */
    private boolean isTaken(StackField.Readers readers, Record record) {
        return readers.inode().read(record) != 0
                && losses.isStack((int) readers.stack().read(record));
    }

    private long[] read(int stack) {
        long[] found = stacks.isPresent() ? stacks.get().read(stack) : new long[0];
        if (found.length == 0) {
            log.warn("user stack " + stack + " is not in map " + MAP);
        }
        return found;
    }

    private Utf8Literal addressText(long stack) {
        StringBuilder text = new StringBuilder();
        for (long address : read((int) stack)) {
            String digits = Long.toHexString(address);
            text.append("0x").repeat('0', Long.BYTES * 2 - digits.length()).append(digits);
            text.append("; ");
        }
        return Utf8Literal.of(text.toString());
    }

    private Utf8Literal symbolText(long key) {
        int stack = (int) key;
        long[] addresses = read(stack);
        List<String> names = symbolizers.tables() ? symbols.names(task.orElseThrow(), addresses) : List.of();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < addresses.length; i++) {
            String name = i < names.size() ? names.get(i) : "";
            if (name.isEmpty()) {
                name = buildIds.nameOf(stack, i);
            }
            if (name.isEmpty()) {
                name = "0x" + Long.toHexString(addresses[i]);
            }
            text.append(name).append("; ");
        }
        if (symbols.mayLearn() && !incomplete) {
            incomplete = true;
            incompleteSince = System.nanoTime();
        }
        return Utf8Literal.of(text.toString());
    }

    /** Tells how many stacks were lost, if any. */
    void report() {
        losses.report();
    }

    @Override
    public void close() {
        symbols.close();
        buildIds.close();
        stacks.ifPresent(StackTraces::close);
        stacks = Optional.empty();
    }
}
