// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.map.StackTraces;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.symbols.KernelSymbolTable;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.LongTextMemo;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.Utf8Literal;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.operators.StackLosses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Adds, beside each field that holds the id of a kernel stack, a text field with the names of its functions. The kernel's symbols are read when the first stack
 * is shown; nothing is read or kept while nobody looks.
 */
final class KernelStacks implements AutoCloseable {
    static final String MAP = "ig_kstack";

    private static final String TAG = "type:gadget_kernel_stack";
    private static final String USER_TAG = "type:gadget_user_stack";
    private static final String USER_MAP = "ig_ustack";
    private static final String TARGET = "ebpf.formatter.kstack";
    private static final String SEPARATOR = "; ";
    private static final String UNKNOWN = "[unknown]";
    /** Some megabytes of texts at most. */
    private static final int MOST_TEXTS = 4096;

    private final Log log;
    private final LazySymbols symbols;
    private final LongTextMemo texts = new LongTextMemo(MOST_TEXTS, this::textOf);
    private final List<StackLosses> losses = new ArrayList<>();
    private Optional<StackTraces> stacks = Optional.empty();
    private Optional<KernelSymbolTable> table = Optional.empty();
    private boolean looked;

    /**
     * @param symbols gives the symbols, or fails with the reason why there are none
     */
    KernelStacks(Log log, LazySymbols symbols) {
        this.log = log;
        this.symbols = symbols;
    }

    /**
     * Adds the texts to all data sources.
     *
     * @throws GadgetException when there is such a field, but no map of stacks
     */
    void addTo(Collection<DataSource> sources, ObjectFile object) {
        for (DataSource source : sources) {
            for (Field field : source.fieldsWithTag(TAG)) {
                requireMap(object, MAP, field, "gadget/kernel_stack_map.h");
                add(field);
            }
        }
    }

    /** Checks that there is a map for the fields with user stacks, whose texts another operator adds. */
    static void requireUserMap(Collection<DataSource> sources, ObjectFile object) {
        for (DataSource source : sources) {
            for (Field field : source.fieldsWithTag(USER_TAG)) {
                requireMap(object, USER_MAP, field, "gadget/user_stack_map.h");
            }
        }
    }

    /** Fails unless an object has the map that a field with a stack's id needs. */
    private static void requireMap(ObjectFile object, String map, Field field, String header) {
        if (object.map(map).filter(spec -> spec.type() == MapType.STACK_TRACE).isEmpty()) {
            throw new GadgetException("field \"" + field + "\" holds a stack, but the gadget has no map \"" + map
                    + "\" of stacks: include <" + header + ">");
        }
    }

    private void add(Field field) {
        String name = field.annotation(TARGET).orElseGet(() -> EnumFormatter.withoutSuffix(field.name()));
        if (name.isEmpty()) {
            log.warn("getting target name for kernel stack field \"" + field.fullName() + "\": neither \"" + TARGET
                    + "\" annotation nor '_raw' suffix found");
            return;
        }
        field.setHidden(true, false);
        Field text = field.dataSource().addField(NewField.of(name, Kind.STRING).beside(field));
        LongReader id = field.asLong();
        StackLosses lost = new StackLosses(
                "kernel stacks of data source \"" + field.dataSource().name() + "\"", MAP, log);
        losses.add(lost);
        text.deriveLiteral(record -> text(record, id, lost));
        text.markLocal();
    }

    private Utf8Literal text(Record record, LongReader id, StackLosses lost) {
        int stack = (int) id.read(record);
        return lost.isStack(stack) ? texts.of(stack) : Utf8Literal.EMPTY;
    }

    private Utf8Literal textOf(long id) {
        long[] addresses = stacks.isPresent() ? stacks.get().read(Math.toIntExact(id)) : new long[0];
        if (addresses.length == 0) {
            log.warn("kernel stack " + id + " is not in map " + MAP);
            return Utf8Literal.EMPTY;
        }
        StringBuilder text = new StringBuilder();
        for (long address : addresses) {
            text.append(nameOf(address)).append(SEPARATOR);
        }
        return Utf8Literal.of(text.toString());
    }

    private String nameOf(long address) {
        if (!looked) {
            looked = true;
            try {
                table = Optional.of(symbols.get());
            } catch (BpfException none) {
                log.warn("kernel stacks have no names: " + none.getMessage());
            }
        }
        return table.isPresent() ? table.get().nameOf(address).orElse(UNKNOWN) : UNKNOWN;
    }

    /** Takes the stacks from what was loaded. Programs are symbols too, and were none before they were loaded. */
    void open(LoadedObject loaded) {
        symbols.forget();
        if (!losses.isEmpty()) {
            stacks = loaded.map(MAP).map(StackTraces::new);
        }
    }

    /** Tells how many stacks were lost, if any. */
    void report() {
        losses.forEach(StackLosses::report);
        losses.clear();
    }

    @Override
    public void close() {
        stacks.ifPresent(StackTraces::close);
        stacks = Optional.empty();
    }
}
