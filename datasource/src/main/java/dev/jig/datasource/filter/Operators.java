// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What the operators of expressions mean for values of each type. */
final class Operators {
    private final Source source;
    private final Comparisons comparisons;

    Operators(Source source) {
        this.source = source;
        this.comparisons = new Comparisons(source);
    }

    /**
     * Applies an operator that is neither logical nor a shorthand.
     *
     * @param position of the operator
     * @param text the whole operation as it is written
     */
    Value apply(Value left, String operator, Value right, int position, String text) {
        for (Comparison comparison : Comparison.values()) {
            if (comparison.symbol().equals(operator)) {
                return new Value.Truth(comparisons.compare(left, comparison, right, position, text));
            }
        }
        return switch (operator) {
            case "in" -> new Value.Truth(member(left, right, position, text));
            case "matches" -> new Value.Truth(matches(left, right, position, text));
            case "contains" -> match(left, TextMatch.Part.ANY, right, position, text);
            case "startsWith" -> match(left, TextMatch.Part.START, right, position, text);
            case "endsWith" -> match(left, TextMatch.Part.END, right, position, text);
            case ".." -> range(left, right, position);
            default -> calculate(left, operator, right, position);
        };
    }

    private Value match(Value left, TextMatch.Part part, Value right, int position, String text) {
        Optional<Value.Text> whole = Texts.of(left);
        if (whole.isPresent() && right instanceof Value.Text wanted) {
            return new Value.Truth(Texts.match(whole.get(), part, wanted, text));
        }
        throw comparisons.mismatch(part.word(), left, right, position);
    }

    private Condition matches(Value left, Value right, int position, String text) {
        Optional<Value.Text> whole = Texts.of(left);
        if (whole.isEmpty() || !(right instanceof Value.Text pattern)) {
            throw comparisons.mismatch("matches", left, right, position);
        }
        try {
            return Texts.search(whole.get(), pattern, text);
        } catch (FilterException wrong) {
            throw source.problem("error parsing regexp: " + wrong.getMessage(), position);
        }
    }

    private Value range(Value left, Value right, int position) {
        if (left instanceof Value.Whole first && right instanceof Value.Whole last) {
            return new Value.Range(first, last);
        }
        throw comparisons.mismatch("..", left, right, position);
    }

    private Condition member(Value left, Value right, int position, String text) {
        if (right instanceof Value.Listing list) {
            return member(left, list.items(), position, text);
        }
        if (right instanceof Value.Range range && Numbers.isNumber(left)) {
            return AllOf.of(List.of(
                    comparisons.compare(left, Comparison.GREATER_OR_EQUAL, range.first(), position, text),
                    comparisons.compare(left, Comparison.LESS_OR_EQUAL, range.last(), position, text)));
        }
        if (right instanceof Value.Sequence sequence) {
            Condition equal = comparisons.compare(sequence.element(), Comparison.EQUAL, left, position, text);
            return Arrays.any(sequence, equal, text);
        }
        if (right instanceof Value.Networks networks && left instanceof Value.Text address) {
            return member(address, networks, text);
        }
        throw comparisons.mismatch("in", left, right, position);
    }

    Condition member(Value.Text address, Value.Networks networks, String text) {
        Function<Record, String> function = address.function();
        AddressRanges ranges = networks.ranges();
        return new Computed(text, record -> ranges.contains(function.apply(record)));
    }

    private Condition member(Value left, List<Value> items, int position, String text) {
        List<Condition> single = new ArrayList<>();
        TreeSet<Long> numbers = new TreeSet<>();
        List<String> texts = new ArrayList<>();
        for (Value item : items) {
            Condition equal = comparisons.compare(left, Comparison.EQUAL, item, position, text);
            if (equal instanceof NumberComparison number && left instanceof Value.Whole) {
                numbers.add(number.value());
            } else if (equal instanceof TextComparison comparison) {
                texts.add(comparison.value().toString());
            } else {
                single.add(equal);
            }
        }
        if (left instanceof Value.Whole whole && whole.field().isPresent() && !numbers.isEmpty()) {
            single.add(new NumberMembership(whole.field().get(), numbers));
        }
        Optional<Value.Text> name = Texts.of(left);
        if (name.isPresent() && name.get().field().isPresent() && !texts.isEmpty()) {
            single.add(new TextMembership(name.get().field().get(), texts));
        }
        return AnyOf.of(single);
    }

    private Value calculate(Value left, String operator, Value right, int position) {
        if (operator.equals("+") && left instanceof Value.Text a && right instanceof Value.Text b) {
            return concatenate(a, b);
        }
        if (!Numbers.isNumber(left) || !Numbers.isNumber(right)) {
            throw comparisons.mismatch(operator, left, right, position);
        }
        return switch (operator) {
            case "+" -> Numbers.calculate(left, right, (a, b) -> a + b, (a, b) -> a + b);
            case "-" -> Numbers.calculate(left, right, (a, b) -> a - b, (a, b) -> a - b);
            case "*" -> Numbers.calculate(left, right, (a, b) -> a * b, (a, b) -> a * b);
            case "/" -> Numbers.fractions(left, right, (a, b) -> a / b);
            case "**", "^" -> Numbers.fractions(left, right, Math::pow);
            case "%" -> remainder(left, right, position);
            default -> throw source.problem("unknown operator " + operator, position);
        };
    }

    private static Value concatenate(Value.Text left, Value.Text right) {
        if (left.constant().isPresent() && right.constant().isPresent()) {
            return Value.Text.constant(left.constant().get() + right.constant().get());
        }
        Function<Record, String> a = left.function();
        Function<Record, String> b = right.function();
        return Value.Text.of(record -> a.apply(record) + b.apply(record));
    }

    private Value remainder(Value left, Value right, int position) {
        if (!(left instanceof Value.Whole a) || !(right instanceof Value.Whole b)) {
            throw comparisons.mismatch("%", left, right, position);
        }
        if (b.constant().isEmpty()) {
            ToLongFunction<Record> dividend = a.function();
            ToLongFunction<Record> divisor = b.function();
            return Value.Whole.of(
                    record -> Numbers.remainder(dividend.applyAsLong(record), divisor.applyAsLong(record)));
        }
        if (b.constant().get() == 0) {
            throw source.problem("integer divide by zero", position);
        }
        return Numbers.wholes(a, b, Numbers::remainder);
    }

    /** One of two values of the same type, whichever a condition says. */
    Value choose(Condition condition, Value yes, Value no, int position, String text) {
        if (yes instanceof Value.Truth a && no instanceof Value.Truth b) {
            Condition one = a.condition();
            Condition other = b.condition();
            return new Value.Truth(
                    new Computed(text, record -> condition.test(record) ? one.test(record) : other.test(record)));
        }
        if (yes instanceof Value.Whole a && no instanceof Value.Whole b && a.unsigned() == b.unsigned()) {
            ToLongFunction<Record> one = a.function();
            ToLongFunction<Record> other = b.function();
            ToLongFunction<Record> function =
                    record -> condition.test(record) ? one.applyAsLong(record) : other.applyAsLong(record);
            return new Value.Whole(a.type(), a.unsigned(), function, Optional.empty(), Optional.empty());
        }
        if (Numbers.isNumber(yes) && Numbers.isNumber(no)) {
            var one = Numbers.fraction(yes);
            var other = Numbers.fraction(no);
            return Value.Fraction.of(
                    record -> condition.test(record) ? one.applyAsDouble(record) : other.applyAsDouble(record));
        }
        if (yes instanceof Value.Text a && no instanceof Value.Text b) {
            Function<Record, String> one = a.function();
            Function<Record, String> other = b.function();
            return Value.Text.of(record -> condition.test(record) ? one.apply(record) : other.apply(record));
        }
        throw comparisons.mismatch("?:", yes, no, position);
    }
}
