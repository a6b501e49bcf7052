// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.LongTextMemo;
import dev.jig.datasource.NumberNames;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.datasource.Utf8Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A text for a number. Where there are few different numbers, each text is made once and then kept as ready bytes. */
final class NumberFormatter implements Formatter {
    /** Makes the text of a number. */
    @FunctionalInterface
    interface Text {
        void write(long value, Utf8Buffer out);
    }

    private static final int MOST_KEPT = 4096;
    private static final int INITIAL_CAPACITY = 64;

    private final String type;
    private final Set<Kind> kinds;
    private final Optional<Map<String, String>> annotations;
    private final boolean fewValues;
    private final Text text;
    private final long named;

    /**
     * @param type the name of the type, without its common prefix
     * @param kinds which fields of that type can be formatted
     * @param annotations of the sibling; nothing for the default ones
     * @param fewValues whether texts are worth keeping
     */
    NumberFormatter(
            String type, Set<Kind> kinds, Optional<Map<String, String>> annotations, boolean fewValues, Text text) {
        this(type, kinds, annotations, fewValues, text, 0);
    }

    /**
     * @param named numbers from 0 up to this one have texts that no other number has
     */
    NumberFormatter(
            String type,
            Set<Kind> kinds,
            Optional<Map<String, String>> annotations,
            boolean fewValues,
            Text text,
            long named) {
        this.type = type;
        this.kinds = kinds;
        this.annotations = annotations;
        this.fewValues = fewValues;
        this.text = text;
        this.named = named;
    }

    @Override
    public String tag() {
        return "type:gadget_" + type;
    }

    @Override
    public boolean apply(Field field) {
        Optional<String> name = Target.name(field, "formatters." + type + ".target");
        if (name.isEmpty() || !kinds.contains(field.kind())) {
            return false;
        }
        Field target = annotations.isPresent()
                ? Target.add(field, name.get(), annotations.get())
                : Target.add(field, name.get());
        LongReader value = field.asLong();
        if (fewValues) {
            LongTextMemo memo = new LongTextMemo(MOST_KEPT, this::literal);
            target.deriveLiteral(record -> memo.of(value.read(record)));
        } else {
            target.deriveText((record, out) -> text.write(value.read(record), out));
        }
        if (named > 0) {
            target.setNumberNames(new Names(value));
        }
        return true;
    }

    /** The numbers that have names. */
    private final class Names implements NumberNames {
        private final LongReader number;

        Names(LongReader number) {
            this.number = number;
        }

        @Override
        public LongReader number() {
            return number;
        }

        @Override
        public List<Long> numbers(String name) {
            List<Long> numbers = new ArrayList<>();
            for (long i = 0; i < named; i++) {
                if (literal(i).toString().equals(name)) {
                    numbers.add(i);
                }
            }
            return numbers;
        }
    }

    private Utf8Literal literal(long value) {
        try (Utf8Buffer buffer = new Utf8Buffer(INITIAL_CAPACITY)) {
            text.write(value, buffer);
            return Utf8Literal.of(buffer);
        }
    }
}
