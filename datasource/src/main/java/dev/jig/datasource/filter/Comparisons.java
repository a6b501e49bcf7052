// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Makes conditions that compare two values. */
final class Comparisons {
    private final Source source;

    Comparisons(Source source) {
        this.source = source;
    }

    /**
     * @param position of the operator
     * @param text the whole comparison as it is written
     * @throws FilterException when values of these types cannot be compared so
     */
    Condition compare(Value left, Comparison comparison, Value right, int position, String text) {
        if (isConstant(left) && !isConstant(right)) {
            return compare(right, comparison.mirrored(), left, position, text);
        }
        if ((left instanceof Value.Nil || right instanceof Value.Nil) && comparison.isEquality()) {
            boolean both = left instanceof Value.Nil && right instanceof Value.Nil;
            return new Fixed(both == (comparison == Comparison.EQUAL));
        }
        if (left instanceof Value.Whole a && right instanceof Value.Whole b) {
            return wholes(a, comparison, b, text);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            ToDoubleFunction<Record> a = Numbers.fraction(left);
            ToDoubleFunction<Record> b = Numbers.fraction(right);
            return new Computed(text, record -> comparison.holds(a.applyAsDouble(record), b.applyAsDouble(record)));
        }
        Optional<Value.Text> a = Texts.of(left);
        Optional<Value.Text> b = Texts.of(right);
        if (a.isPresent() && b.isPresent() && (left instanceof Value.Text || right instanceof Value.Text)) {
            return texts(a.get(), comparison, b.get(), text);
        }
        if (left instanceof Value.Truth one && right instanceof Value.Truth other && comparison.isEquality()) {
            return truths(one.condition(), comparison == Comparison.EQUAL, other.condition(), text);
        }
        throw mismatch(comparison.symbol(), left, right, position);
    }

    FilterException mismatch(String operator, Value left, Value right, int position) {
        return source.problem(
                "invalid operation: " + operator + " (mismatched types " + left.type() + " and " + right.type() + ")",
                position);
    }

    private static boolean isConstant(Value value) {
        // Not a pattern switch: its bootstrap would cost a millisecond of each start.
        if (value instanceof Value.Whole whole) {
            return whole.constant().isPresent();
        }
        if (value instanceof Value.Fraction fraction) {
            return fraction.constant().isPresent();
        }
        if (value instanceof Value.Text text) {
            return text.constant().isPresent();
        }
        return value instanceof Value.Truth truth && truth.condition() instanceof Fixed;
    }

    private static Condition wholes(Value.Whole left, Comparison comparison, Value.Whole right, String text) {
        if (left.constant().isPresent() && right.constant().isPresent()) {
            return new Fixed(comparison.holds(order(
                    left.constant().get(), left.unsigned(), right.constant().get(), right.unsigned())));
        }
        if (left.field().isPresent() && right.constant().isPresent()) {
            return number(left.field().get(), comparison, right.constant().get(), right.unsigned());
        }
        ToLongFunction<Record> a = left.function();
        ToLongFunction<Record> b = right.function();
        boolean leftUnsigned = left.unsigned();
        boolean rightUnsigned = right.unsigned();
        return new Computed(
                text,
                record -> comparison.holds(
                        order(a.applyAsLong(record), leftUnsigned, b.applyAsLong(record), rightUnsigned)));
    }

    private static int order(long left, boolean leftUnsigned, long right, boolean rightUnsigned) {
        boolean leftHuge = leftUnsigned && left < 0;
        boolean rightHuge = rightUnsigned && right < 0;
        return leftHuge == rightHuge ? Long.compare(left, right) : leftHuge ? 1 : -1;
    }

    /**
     * Compares an integer field with a number, which need not be in the field's range.
     *
     * @param unsigned whether a negative number stands for one above 2⁶³-1
     */
    static Condition number(LongReader reader, Comparison comparison, long value, boolean unsigned) {
        Kind kind = reader.field().kind();
        int bits = kind.width() * Byte.SIZE;
        int unused = Long.SIZE - bits;
        long smallest = kind.isSigned() ? Long.MIN_VALUE >> unused : 0;
        long largest = kind.isSigned() ? Long.MAX_VALUE >> unused : -1L >>> unused;
        // Beyond the range, all values of the field have the same order.
        if (order(value, unsigned, smallest, false) < 0) {
            return new Fixed(comparison.holds(1));
        }
        if (order(value, unsigned, largest, !kind.isSigned()) > 0) {
            return new Fixed(comparison.holds(-1));
        }
        return new NumberComparison(reader, comparison, value);
    }

    private static Condition texts(Value.Text left, Comparison comparison, Value.Text right, String text) {
        if (left.constant().isPresent() && right.constant().isPresent()) {
            return new Fixed(comparison.holds(
                    order(left.constant().get(), right.constant().get())));
        }
        if (left.field().isPresent() && right.constant().isPresent()) {
            return new TextComparison(
                    left.field().get(), comparison, right.constant().get());
        }
        if (left.field().isPresent() && right.field().isPresent()) {
            TextReader a = left.field().get();
            TextReader b = right.field().get();
            return new Computed(text, record -> comparison.holds(a.compare(record, b.bytes(record))));
        }
        Function<Record, String> a = left.function();
        Function<Record, String> b = right.function();
        return new Computed(text, record -> comparison.holds(order(a.apply(record), b.apply(record))));
    }

    /** By bytes of UTF-8. */
    static int order(String left, String right) {
        return left.equals(right)
                ? 0
                : Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static Condition truths(Condition left, boolean equal, Condition right, String text) {
        if (right instanceof Fixed fixed) {
            return fixed.value() == equal ? left : Negation.of(left);
        }
        return new Computed(text, record -> (left.test(record) == right.test(record)) == equal);
    }
}
