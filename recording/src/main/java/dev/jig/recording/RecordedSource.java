// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.PayloadWriter;
import dev.jig.datasource.Record;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One data source on its way into a recording: its plan, made when the data source has started. */
final class RecordedSource implements AutoCloseable {
    private final SourceSnapshot snapshot;
    private final int number;
    private final PayloadWriter payloads;
    private final DerivedColumn[] columns;
    private long lost;

    /**
     * @param number of the data source in the recording
     */
    RecordedSource(SourceSnapshot snapshot, int number) {
        this.snapshot = snapshot;
        this.number = number;
        this.payloads = new PayloadWriter(snapshot.source(), snapshot.numbers());
        List<DerivedColumn> made = new ArrayList<>();
        for (Field field : snapshot.texts()) {
            made.add(DerivedColumn.of(field));
        }
        this.columns = made.toArray(DerivedColumn[]::new);
    }

    DataSource source() {
        return snapshot.source();
    }

    int number() {
        return number;
    }

    /** What a reader needs to know. */
    Map<String, Object> description() {
        Map<String, Object> tree = new LinkedHashMap<>(snapshot.description());
        tree.put("payloads", snapshot.payloads());
        List<Object> texts = new ArrayList<>();
        for (DerivedColumn column : columns) {
            texts.add(Map.of("field", column.fieldName(), "numbered", column.isNumbered()));
        }
        tree.put("texts", texts);
        return tree;
    }

    /** Appends an entry with a record. */
    void append(Record record, int type, BlockBuffer out) {
        for (DerivedColumn column : columns) {
            column.prepare(record, out);
        }
        out.entry(type, number);
        for (int i = 0; i < snapshot.payloads(); i++) {
            out.varint(payloads.length(record, i));
            payloads.append(record, i, out.bytes());
        }
        for (DerivedColumn column : columns) {
            column.write(out);
        }
        out.countRecord();
    }

    /** How many records were lost since this was asked last. */
    long newlyLost(long lostInAll) {
        long since = lostInAll - lost;
        lost = lostInAll;
        return since;
    }

    @Override
    public void close() {
        for (DerivedColumn column : columns) {
            column.close();
        }
    }
}
