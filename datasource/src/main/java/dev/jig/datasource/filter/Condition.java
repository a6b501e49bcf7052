// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;

/**
 * What a record must fulfil: a predicate whose types are checked. It is a tree, so that others can make something else of it, for
 * instance instructions for the kernel. Evaluated by one thread at a time.
 */
public sealed interface Condition
        permits Fixed,
                AllOf,
                AnyOf,
                Negation,
                NumberComparison,
                NumberMembership,
                TextComparison,
                TextMembership,
                TextMatch,
                Computed {
    /**
     * Whether a record fulfils it.
     *
     * @throws FilterException when that cannot be told
     */
    boolean test(Record record);

    /** The condition in the language of expressions. */
    String describe();
}
