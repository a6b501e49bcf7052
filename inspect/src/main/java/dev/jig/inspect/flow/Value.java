// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongBinaryOperator;

/**
 * What a register or a place in memory may hold: one of the targets, one of the numbers, or if {@code other}, anything else. Immutable; sets are small, so that
 * there are only so many values.
 *
 * @param origins names of variables and helpers that decided it
 */
record Value(List<Target> targets, List<Long> numbers, boolean other, List<String> origins) {
    private static final int MOST = 8;

    /** Nothing: a register that was never written. */
    static final Value NOTHING = new Value(List.of(), List.of(), false, List.of());

    /** Some number or pointer. */
    static final Value ANYTHING = new Value(List.of(), List.of(), true, List.of());

    static Value of(Target target) {
        return new Value(List.of(target), List.of(), false, List.of());
    }

    static Value of(long number) {
        return new Value(List.of(), List.of(number), false, List.of());
    }

    /** Anything, decided by something that has a name. */
    static Value from(String origin) {
        return new Value(List.of(), List.of(), true, List.of(origin));
    }

    Value withOrigin(String origin) {
        return new Value(targets, numbers, other, union(origins, List.of(origin)));
    }

    Value withOrigins(Value more) {
        return more.origins.isEmpty() || origins.containsAll(more.origins)
                ? this
                : new Value(targets, numbers, other, union(origins, more.origins));
    }

    private static List<String> union(List<String> one, List<String> two) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(two);
        List<String> sorted = new ArrayList<>(all);
        return List.copyOf(sorted.subList(0, Math.min(sorted.size(), MOST)));
    }

    private static <T> List<T> join(List<T> one, List<T> two) {
        if (one.equals(two) || two.isEmpty()) {
            return one;
        }
        List<T> all = new ArrayList<>(one);
        for (T element : two) {
            if (!all.contains(element)) {
                all.add(element);
            }
        }
        return all.size() == one.size() ? one : List.copyOf(all);
    }

    /** What it is after two ways have come together; the same object if the other way adds nothing. */
    Value join(Value more) {
        if (equals(more) || more.equals(NOTHING)) {
            return this;
        }
        if (equals(NOTHING)) {
            return more;
        }
        boolean any = other || more.other;
        List<Long> allNumbers = join(numbers, more.numbers);
        if (allNumbers.size() > MOST) {
            allNumbers = List.of();
            any = true;
        }
        List<Target> allTargets = join(targets, more.targets);
        if (allTargets.size() > MOST) {
            allTargets = withoutOffsets(allTargets);
        }
        if (allTargets.size() > 4 * MOST) {
            allTargets = List.of();
            any = true;
        }
        List<String> allOrigins = origins.containsAll(more.origins) ? origins : union(origins, more.origins);
        Value joined = new Value(allTargets, allNumbers, any, allOrigins);
        return joined.equals(this) ? this : joined;
    }

    private static List<Target> withoutOffsets(List<Target> targets) {
        List<Target> result = new ArrayList<>();
        for (Target target : targets) {
            Target somewhere = target.somewhere();
            if (!result.contains(somewhere)) {
                result.add(somewhere);
            }
        }
        return List.copyOf(result);
    }

    /** The same with pointers moved by what is added to them. */
    Value plus(Value added, boolean negative) {
        List<Target> moved = new ArrayList<>();
        for (Target target : targets) {
            addMoved(moved, target, added, negative);
        }
        if (!negative) {
            for (Target target : added.targets) {
                addMoved(moved, target, this, false);
            }
        }
        if (moved.isEmpty()) {
            return combine(added, negative ? (a, b) -> a - b : Long::sum);
        }
        // Numbers beside a pointer stand for the null pointer, which is no base of anything.
        boolean unclear = targets.isEmpty() ? added.other : other;
        return new Value(List.copyOf(moved), List.of(), unclear, union(origins, added.origins));
    }

    private static void addMoved(List<Target> moved, Target target, Value by, boolean negative) {
        List<Target> results = new ArrayList<>();
        if (target instanceof Target.ContextField) {
            return;
        }
        for (long number : by.numbers) {
            results.add(target.moved(negative ? -number : number));
        }
        if (by.other || by.numbers.isEmpty()) {
            results = List.of(target.somewhere());
        }
        for (Target result : results) {
            if (!moved.contains(result)) {
                moved.add(result);
            }
        }
    }

    /** A number computed from two; pointers are lost. */
    Value combine(Value operand, LongBinaryOperator operation) {
        boolean known = !other && !operand.other && targets.isEmpty() && operand.targets.isEmpty();
        List<Long> results = new ArrayList<>();
        for (long left : numbers) {
            for (long right : operand.numbers) {
                long result = operation.applyAsLong(left, right);
                if (!results.contains(result)) {
                    results.add(result);
                }
            }
        }
        boolean all = known && results.size() <= MOST && !results.isEmpty();
        return new Value(
                List.of(),
                all ? List.copyOf(results) : List.of(),
                !all && !(targets.isEmpty() && !other && numbers.isEmpty()),
                union(origins, operand.origins));
    }

    /** The number it must be, if there is only one. */
    boolean isExactly(long number) {
        return !other && targets.isEmpty() && numbers.size() == 1 && numbers.getFirst() == number;
    }

    /** Whether all that it may be is known. */
    boolean isKnownNumber() {
        return !other && targets.isEmpty() && !numbers.isEmpty();
    }

    /** The same cut to 32 bits; pointers do not survive that, numbers of the context do. */
    Value narrowed() {
        List<Target> kept = new ArrayList<>();
        for (Target target : targets) {
            if (target instanceof Target.ContextField) {
                kept.add(target);
            }
        }
        List<Long> cut = new ArrayList<>();
        for (long number : numbers) {
            long low = number & 0xffff_ffffL;
            if (!cut.contains(low)) {
                cut.add(low);
            }
        }
        return new Value(List.copyOf(kept), List.copyOf(cut), other || kept.size() < targets.size(), origins);
    }
}
