// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import java.util.List;
import java.util.Optional;

/**
 * Functions that ask something about each element of an array.
 *
 * @param name of the function
 */
record ArrayPredicates(String name) {
    private static final List<String> NAMES = List.of("all", "any", "count", "none", "one");

    boolean isOne() {
        return NAMES.contains(name);
    }

    /** The elements that are asked about. */
    Value.Sequence over(Value array, Source source, int position) {
        if (array instanceof Value.Sequence sequence) {
            return sequence;
        }
        if (array instanceof Value.Range range) {
            return Arrays.sequence(range);
        }
        throw source.problem("builtin " + name + " takes only array (got " + array.type() + ")", position);
    }

    /**
     * The answer.
     *
     * @param arguments the array and the condition
     */
    Value apply(List<Value> arguments, String text) {
        boolean complete = arguments.size() == 2;
        if (!complete
                || !(arguments.getFirst() instanceof Value.Sequence sequence)
                || !(arguments.get(1) instanceof Value.Truth truth)) {
            throw new FilterException(name + " takes an array and a predicate that is true or false");
        }
        Condition condition = truth.condition();
        Elements elements = sequence.elements();
        return switch (name) {
            case "any" ->
                new Value.Truth(new Computed(text, record -> Arrays.count(elements, condition, record, 1) > 0));
            case "none" ->
                new Value.Truth(new Computed(text, record -> Arrays.count(elements, condition, record, 1) == 0));
            case "one" ->
                new Value.Truth(new Computed(text, record -> Arrays.count(elements, condition, record, 2) == 1));
            case "all" ->
                new Value.Truth(
                        new Computed(text, record -> Arrays.count(elements, Negation.of(condition), record, 1) == 0));
            default ->
                new Value.Whole(
                        "int",
                        false,
                        record -> Arrays.count(elements, condition, record, Long.MAX_VALUE),
                        Optional.empty(),
                        Optional.empty());
        };
    }
}
