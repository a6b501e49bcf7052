// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import dev.jig.datasource.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** The functions of expressions that take values. */
final class Functions {
    static final List<String> NAMES = List.of(
            "abs",
            "bitand",
            "bitnand",
            "bitnot",
            "bitor",
            "bitshl",
            "bitshr",
            "bitushr",
            "bitxor",
            "ceil",
            "cidr",
            "CidrMatches",
            "float",
            "floor",
            "hasPrefix",
            "hasSuffix",
            "indexOf",
            "int",
            "lastIndexOf",
            "len",
            "lower",
            "max",
            "min",
            "repeat",
            "replace",
            "round",
            "string",
            "trim",
            "trimPrefix",
            "trimSuffix",
            "type",
            "upper");

    private static final int LONGEST = 1_000_000;

    private final Operators operators;

    Functions(Operators operators) {
        this.operators = operators;
    }

    /**
     * Calls a function.
     *
     * @param text the call as it is written
     * @throws FilterException when there is no such function, or not for these arguments
     */
    Value call(String name, List<Value> arguments, String text) {
        return switch (name) {
            case "abs" -> absolute(number(name, arguments, 1, 0));
            case "ceil" -> round(name, arguments, Math::ceil);
            case "floor" -> round(name, arguments, Math::floor);
            case "round" -> round(name, arguments, value -> Math.copySign(Math.floor(Math.abs(value) + 0.5), value));
            case "min" ->
                Numbers.calculate(number(name, arguments, 2, 0), number(name, arguments, 2, 1), Math::min, Math::min);
            case "max" ->
                Numbers.calculate(number(name, arguments, 2, 0), number(name, arguments, 2, 1), Math::max, Math::max);
            case "int" -> toWhole(only(name, arguments));
            case "float" -> toFraction(only(name, arguments));
            case "string" -> toText(only(name, arguments));
            case "type" -> Value.Text.constant(only(name, arguments).type());
            case "len" -> length(only(name, arguments));
            case "cidr" -> networks(arguments);
            case "CidrMatches" -> cidrMatches(name, arguments, text);
            default -> name.startsWith("bit") ? bits(name, arguments) : ofText(name, arguments, text);
        };
    }

    private static Value bits(String name, List<Value> arguments) {
        if (name.equals("bitnot")) {
            return Numbers.wholes(whole(name, arguments, 1, 0), Value.Whole.constant(-1, false), (a, b) -> a ^ b);
        }
        Value.Whole left = whole(name, arguments, 2, 0);
        Value.Whole right = whole(name, arguments, 2, 1);
        return switch (name) {
            case "bitand" -> Numbers.wholes(left, right, (a, b) -> a & b);
            case "bitor" -> Numbers.wholes(left, right, (a, b) -> a | b);
            case "bitxor" -> Numbers.wholes(left, right, (a, b) -> a ^ b);
            case "bitnand" -> Numbers.wholes(left, right, (a, b) -> a & ~b);
            case "bitshl" -> Numbers.wholes(left, right, (a, b) -> b > 63 ? 0 : a << distance(b));
            case "bitshr" -> Numbers.wholes(left, right, (a, b) -> a >> Math.min(63, distance(b)));
            case "bitushr" -> Numbers.wholes(left, right, (a, b) -> b > 63 ? 0 : a >>> distance(b));
            default -> throw unknown(name);
        };
    }

    private static long distance(long distance) {
        if (distance < 0) {
            throw new FilterException("invalid operation: negative shift count " + distance);
        }
        return distance;
    }

    private Value ofText(String name, List<Value> arguments, String text) {
        return switch (name) {
            case "lower" -> map(text(name, arguments, 1, 0), value -> value.toLowerCase(Locale.ROOT));
            case "upper" -> map(text(name, arguments, 1, 0), value -> value.toUpperCase(Locale.ROOT));
            case "trim" -> trim(name, arguments);
            case "trimPrefix" -> without(name, arguments, true);
            case "trimSuffix" -> without(name, arguments, false);
            case "hasPrefix" ->
                new Value.Truth(Texts.match(
                        text(name, arguments, 2, 0), TextMatch.Part.START, text(name, arguments, 2, 1), text));
            case "hasSuffix" ->
                new Value.Truth(Texts.match(
                        text(name, arguments, 2, 0), TextMatch.Part.END, text(name, arguments, 2, 1), text));
            case "indexOf" -> index(name, arguments, true);
            case "lastIndexOf" -> index(name, arguments, false);
            case "repeat" -> repeat(name, arguments);
            case "replace" -> replace(name, arguments);
            default -> throw unknown(name);
        };
    }

    static FilterException unknown(String name) {
        Optional<String> nearest = Suggestion.nearest(name, NAMES);
        return new FilterException(
                "unknown name " + name + (nearest.isPresent() ? "; did you mean \"" + nearest.get() + "\"?" : ""));
    }

    private static Value only(String name, List<Value> arguments) {
        requireCount(name, arguments, 1);
        return arguments.getFirst();
    }

    private static void requireCount(String name, List<Value> arguments, int count) {
        if (arguments.size() != count) {
            throw new FilterException("invalid number of arguments for " + name + " (expected " + count + ", got "
                    + arguments.size() + ")");
        }
    }

    private static Value number(String name, List<Value> arguments, int count, int index) {
        requireCount(name, arguments, count);
        Value value = arguments.get(index);
        if (!Numbers.isNumber(value)) {
            throw wrongType(name, value);
        }
        return value;
    }

    private static Value.Whole whole(String name, List<Value> arguments, int count, int index) {
        if (number(name, arguments, count, index) instanceof Value.Whole whole) {
            return whole;
        }
        throw wrongType(name, arguments.get(index));
    }

    private static Value.Text text(String name, List<Value> arguments, int count, int index) {
        requireCount(name, arguments, count);
        return Texts.of(arguments.get(index)).orElseThrow(() -> wrongType(name, arguments.get(index)));
    }

    private static FilterException wrongType(String name, Value value) {
        return new FilterException("invalid argument for " + name + " (type " + value.type() + ")");
    }

    private static Value absolute(Value value) {
        return Numbers.calculate(
                value, Value.Whole.constant(0, false), (a, ignored) -> Math.abs(a), (a, ignored) -> Math.abs(a));
    }

    private static Value round(String name, List<Value> arguments, DoubleUnaryOperator operator) {
        ToDoubleFunction<Record> function = Numbers.fraction(number(name, arguments, 1, 0));
        return Value.Fraction.of(record -> operator.applyAsDouble(function.applyAsDouble(record)));
    }

    private static Value toWhole(Value value) {
        if (value instanceof Value.Whole) {
            return value;
        }
        if (value instanceof Value.Text text) {
            Function<Record, String> function = text.function();
            return Value.Whole.of(record -> parseWhole(function.apply(record)));
        }
        ToDoubleFunction<Record> function = Numbers.fraction(requireNumber("int", value));
        return Value.Whole.of(record -> (long) function.applyAsDouble(record));
    }

    private static long parseWhole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new FilterException("invalid operation: int(" + Quoted.text(text) + ")");
        }
    }

    private static Value toFraction(Value value) {
        if (value instanceof Value.Text text) {
            Function<Record, String> function = text.function();
            return Value.Fraction.of(record -> parseFraction(function.apply(record)));
        }
        return Value.Fraction.of(Numbers.fraction(requireNumber("float", value)));
    }

    private static double parseFraction(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            throw new FilterException("invalid operation: float(" + Quoted.text(text) + ")");
        }
    }

    private static Value requireNumber(String name, Value value) {
        if (!Numbers.isNumber(value)) {
            throw wrongType(name, value);
        }
        return value;
    }

    static Value.Text toText(Value value) {
        if (value instanceof Value.Whole whole) {
            ToLongFunction<Record> function = whole.function();
            return Value.Text.of(
                    whole.unsigned()
                            ? record -> Long.toUnsignedString(function.applyAsLong(record))
                            : record -> Long.toString(function.applyAsLong(record)));
        }
        if (value instanceof Value.Truth truth) {
            Condition condition = truth.condition();
            return Value.Text.of(record -> String.valueOf(condition.test(record)));
        }
        return Texts.of(value).orElseThrow(() -> wrongType("string", value));
    }

    /** Of a text the number of code points. */
    private static Value length(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return Value.Whole.of(Arrays.length(sequence));
        }
        if (value instanceof Value.Listing list) {
            return Value.Whole.constant(list.items().size(), false);
        }
        if (value instanceof Value.Text text) {
            Function<Record, String> function = text.function();
            return Value.Whole.of(record -> {
                String whole = function.apply(record);
                return whole.codePointCount(0, whole.length());
            });
        }
        throw wrongType("len", value);
    }

    private static Value networks(List<Value> arguments) {
        AddressRanges ranges = new AddressRanges();
        for (Value argument : arguments) {
            if (!(argument instanceof Value.Text text) || text.constant().isEmpty()) {
                throw new FilterException("cidr takes texts that are written out");
            }
            ranges.add(text.constant().get());
        }
        return new Value.Networks(ranges);
    }

    private Value cidrMatches(String name, List<Value> arguments, String text) {
        Value.Text address = text(name, arguments, 2, 0);
        if (arguments.get(1) instanceof Value.Networks networks) {
            return new Value.Truth(operators.member(address, networks, text));
        }
        throw wrongType(name, arguments.get(1));
    }

    private static Value map(Value.Text text, UnaryOperator<String> operator) {
        Function<Record, String> function = text.function();
        return text.constant().isPresent()
                ? Value.Text.constant(operator.apply(text.constant().get()))
                : Value.Text.of(record -> operator.apply(function.apply(record)));
    }

    private static Value trim(String name, List<Value> arguments) {
        if (arguments.size() == 1) {
            return map(text(name, arguments, 1, 0), String::strip);
        }
        Function<Record, String> value = text(name, arguments, 2, 0).function();
        Function<Record, String> unwanted = text(name, arguments, 2, 1).function();
        return Value.Text.of(record -> trim(value.apply(record), unwanted.apply(record)));
    }

    private static String trim(String text, String unwanted) {
        int start = 0;
        int end = text.length();
        while (start < end && unwanted.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && unwanted.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static Value without(String name, List<Value> arguments, boolean atStart) {
        Function<Record, String> value = text(name, arguments, 2, 0).function();
        Function<Record, String> unwanted = text(name, arguments, 2, 1).function();
        return Value.Text.of(record -> {
            String text = value.apply(record);
            String part = unwanted.apply(record);
            if (atStart) {
                return text.startsWith(part) ? text.substring(part.length()) : text;
            }
            return text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
        });
    }

    private static Value index(String name, List<Value> arguments, boolean first) {
        Function<Record, String> value = text(name, arguments, 2, 0).function();
        Function<Record, String> wanted = text(name, arguments, 2, 1).function();
        return Value.Whole.of(record -> {
            String text = value.apply(record);
            return first ? text.indexOf(wanted.apply(record)) : text.lastIndexOf(wanted.apply(record));
        });
    }

    private static Value repeat(String name, List<Value> arguments) {
        Function<Record, String> value = text(name, arguments.subList(0, Math.min(1, arguments.size())), 1, 0)
                .function();
        requireCount(name, arguments, 2);
        if (!(arguments.get(1) instanceof Value.Whole times)) {
            throw wrongType(name, arguments.get(1));
        }
        ToLongFunction<Record> count = times.function();
        return Value.Text.of(record -> {
            String text = value.apply(record);
            long repeats = count.applyAsLong(record);
            if (repeats < 0 || repeats > LONGEST / Math.max(1, text.length())) {
                throw new FilterException("a text repeated " + repeats + " times is too long");
            }
            return text.repeat((int) repeats);
        });
    }

    private static Value replace(String name, List<Value> arguments) {
        Function<Record, String> value = text(name, arguments, 3, 0).function();
        Function<Record, String> old = text(name, arguments, 3, 1).function();
        Function<Record, String> replacement = text(name, arguments, 3, 2).function();
        return Value.Text.of(record -> {
            String text = value.apply(record);
            String inserted = replacement.apply(record);
            if ((long) (text.length() + 1) * (inserted.length() + 1) > LONGEST) {
                throw new FilterException("a text with replacements is too long");
            }
            return text.replace(old.apply(record), inserted);
        });
    }
}
