// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.filter;

import dev.jig.datasource.Record;
import dev.jig.datasource.RecordSubscriber;
import dev.jig.datasource.Verdict;
import dev.jig.datasource.filter.Condition;
import dev.jig.datasource.filter.FilterException;
import dev.jig.gadget.Log;

/** Discards the records of one data source that do not fulfil a condition, or for which it cannot be told. */
final class RecordFilter implements RecordSubscriber {
    private static final long NANOSECONDS_BETWEEN_ERRORS = 1_000_000_000L;

    private final String source;
    private final Condition condition;
    private final Log log;
    private long failures;
    private long told;
    private long toldAt;

    RecordFilter(String source, Condition condition, Log log) {
        this.source = source;
        this.condition = condition;
        this.log = log;
    }

    @Override
    public Verdict accept(Record record) {
        try {
            return condition.test(record) ? Verdict.KEEP : Verdict.DISCARD;
        } catch (FilterException failure) {
            failures++;
            tell(String.valueOf(failure.getMessage()));
            return Verdict.DISCARD;
        }
    }

    /** Many records may fail for one reason. */
    private void tell(String cause) {
        long now = System.nanoTime();
        if (told == 0 || now - toldAt >= NANOSECONDS_BETWEEN_ERRORS) {
            long since = failures - told;
            log.error("running filter expression \"" + condition.describe() + "\" for datasource " + source + ": "
                    + cause + (since > 1 ? " (" + since + " events since the last message)" : ""));
            told = failures;
            toldAt = now;
        }
    }
}
