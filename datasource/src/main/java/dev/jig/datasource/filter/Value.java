// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Field;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.TextReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** A part of an expression with its type. Functions are given the record; those of constants do not look at it. */
sealed interface Value {
    /** The type's name in messages. */
    String type();

    /** True or false. */
    record Truth(Condition condition) implements Value {
        @Override
        public String type() {
            return "bool";
        }
    }

    /**
     * An integer of 64 bits.
     *
     * @param unsigned whether negative numbers stand for those above 2⁶³-1
     * @param field if it is the value of one
     * @param constant if it is the same for all records
     */
    record Whole(
            String type,
            boolean unsigned,
            ToLongFunction<dev.jig.datasource.Record> function,
            Optional<LongReader> field,
            Optional<Long> constant)
            implements Value {
        static Whole constant(long value, boolean unsigned) {
            return new Whole(
                    unsigned ? "uint" : "int", unsigned, record -> value, Optional.empty(), Optional.of(value));
        }

        static Whole of(ToLongFunction<dev.jig.datasource.Record> function) {
            return new Whole("int", false, function, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A floating-point number.
     *
     * @param constant if it is the same for all records
     */
    record Fraction(String type, ToDoubleFunction<dev.jig.datasource.Record> function, Optional<Double> constant)
            implements Value {
        static Fraction constant(double value) {
            return new Fraction("float64", record -> value, Optional.of(value));
        }

        static Fraction of(ToDoubleFunction<dev.jig.datasource.Record> function) {
            return new Fraction("float64", function, Optional.empty());
        }
    }

    /**
     * A text.
     *
     * @param field if it is the value of one
     * @param constant if it is the same for all records
     */
    record Text(
            Function<dev.jig.datasource.Record, String> function, Optional<TextReader> field, Optional<String> constant)
            implements Value {
        static Text constant(String value) {
            return new Text(record -> value, Optional.empty(), Optional.of(value));
        }

        static Text of(Function<dev.jig.datasource.Record, String> function) {
            return new Text(function, Optional.empty(), Optional.empty());
        }

        static Text of(TextReader reader) {
            return new Text(reader::text, Optional.of(reader), Optional.empty());
        }

        @Override
        public String type() {
            return "string";
        }
    }

    /** Values that are written one by one. */
    record Listing(List<Value> items) implements Value {
        @Override
        public String type() {
            return "array";
        }
    }

    /** Integers from one to another, both included. */
    record Range(Whole first, Whole last) implements Value {
        @Override
        public String type() {
            return "array";
        }
    }

    /**
     * Values of one type that depend on the record.
     *
     * @param element the one that was chosen last
     * @param elements chooses
     * @param raw the bytes of all of them, if they are those of a field
     */
    record Sequence(Value element, Elements elements, Optional<TextReader> raw) implements Value {
        @Override
        public String type() {
            return "array";
        }
    }

    /** Addresses with as many leading bits as count. */
    record Networks(AddressRanges ranges) implements Value {
        @Override
        public String type() {
            return "cidr list";
        }
    }

    /** A field that stands for those below it. */
    record Group(Field field) implements Value {
        @Override
        public String type() {
            return field.fullName();
        }
    }

    /** Nothing. */
    record Nil() implements Value {
        @Override
        public String type() {
            return "nil";
        }
    }
}
