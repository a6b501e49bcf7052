// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.datasource.BytePattern;
import dev.jig.datasource.Container;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NumberNames;
import dev.jig.datasource.ValueSource;
import dev.jig.datasource.filter.AllOf;
import dev.jig.datasource.filter.AnyOf;
import dev.jig.datasource.filter.Comparison;
import dev.jig.datasource.filter.Computed;
import dev.jig.datasource.filter.Condition;
import dev.jig.datasource.filter.Fixed;
import dev.jig.datasource.filter.Negation;
import dev.jig.datasource.filter.NumberComparison;
import dev.jig.datasource.filter.NumberMembership;
import dev.jig.datasource.filter.TextComparison;
import dev.jig.datasource.filter.TextMatch;
import dev.jig.datasource.filter.TextMembership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a condition about which the kernel can decide. What it cannot tell counts as fulfilled, so that each record that fulfils the
 * whole condition passes; the others are looked at again later.
 *
 * @param container of the bytes that programs send
 */
record KernelCondition(Container container) {
    /** What must hold for each record that fulfils the condition, as far as its raw bytes tell. */
    Condition of(Condition condition) {
        return approximate(condition, true);
    }

    /**
     * @param unknown what a part that cannot be told counts as
     */
    private Condition approximate(Condition condition, boolean unknown) {
        return switch (condition) {
            case Fixed fixed -> fixed;
            case AllOf all -> AllOf.of(approximate(all.parts(), unknown));
            case AnyOf any -> AnyOf.of(approximate(any.parts(), unknown));
            case Negation negation -> Negation.of(approximate(negation.condition(), !unknown));
            case NumberComparison number when isRaw(number.reader().field()) -> number;
            case NumberMembership numbers when isRaw(numbers.reader().field()) && areImmediate(numbers) -> numbers;
            case TextComparison text
            when isEquality(text.comparison()) && isRaw(text.reader().field(), text.value()) -> text;
            case TextMatch match
            when match.part() == TextMatch.Part.START
                    && isRaw(match.reader().field(), match.value())
                    && match.value().length() > 0 -> match;
            case TextMembership texts when areRaw(texts) -> texts;
            case TextComparison text
            when isEquality(text.comparison()) -> {
                Condition named = named(text.reader().field(), List.of(text.value()), unknown);
                boolean fixed = named instanceof Fixed;
                yield fixed || text.comparison() == Comparison.EQUAL ? named : Negation.of(named);
            }
            case TextMembership texts -> named(texts.reader().field(), texts.values(), unknown);
            case NumberComparison _, NumberMembership _, TextComparison _, TextMatch _, Computed _ ->
                new Fixed(unknown);
        };
    }

    private List<Condition> approximate(List<Condition> conditions, boolean unknown) {
        List<Condition> approximated = new ArrayList<>();
        for (Condition condition : conditions) {
            approximated.add(approximate(condition, unknown));
        }
        return approximated;
    }

    /** Names of numbers as the numbers themselves, if these are what programs send. */
    private Condition named(Field field, List<BytePattern> names, boolean unknown) {
        Optional<NumberNames> known = field.numberNames();
        if (known.isEmpty() || !isRaw(known.get().number().field())) {
            return new Fixed(unknown);
        }
        Kind kind = known.get().number().field().kind();
        Set<Long> numbers = new TreeSet<>();
        for (BytePattern name : names) {
            List<Long> named = known.get().numbers(name.toString());
            if (named.isEmpty() || !named.stream().allMatch(number -> isIn(kind, number))) {
                return new Fixed(unknown);
            }
            numbers.addAll(named);
        }
        NumberMembership members = new NumberMembership(known.get().number(), numbers);
        return numbers.isEmpty() || !areImmediate(members) ? new Fixed(unknown) : members;
    }

    private static boolean isIn(Kind kind, long number) {
        int unused = Long.SIZE - kind.width() * Byte.SIZE;
        return number == (kind.isSigned() ? number << unused >> unused : number << unused >>> unused);
    }

    private static boolean isEquality(Comparison comparison) {
        return comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
    }

    private boolean areRaw(TextMembership texts) {
        Field field = texts.reader().field();
        for (BytePattern value : texts.values()) {
            if (!isRaw(field, value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text field is bytes up to a NUL, and this could be its value. */
    private boolean isRaw(Field field, BytePattern value) {
        return field.kind() == Kind.CSTRING && isRaw(field) && value.isTerminable() && value.length() <= field.size();
    }

    private boolean isRaw(Field field) {
        return field.isStaticMember()
                && !field.isWritten()
                && field.source() instanceof ValueSource.Payload bytes
                && bytes.payload() == container.payload()
                && bytes.size() > 0
                && (!field.kind().isNumeric() || bytes.size() == field.kind().width());
    }

    /** Whether instructions have room for all of them, and they are in the same order then. */
    private static boolean areImmediate(NumberMembership numbers) {
        Kind kind = numbers.reader().field().kind();
        for (long value : numbers.values()) {
            boolean fits = value == (int) value && (kind.isSigned() || value >= 0);
            if (kind.width() == Long.BYTES && !fits) {
                return false;
            }
        }
        return true;
    }
}
