// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One data source on its way out of a recording. */
final class ReplayedSource implements AutoCloseable {
    /** Bytes of one array; far more than a kernel's map holds. */
    private static final long LARGEST_ARRAY = 1L << 30;

    private final DataSource source;
    private final int payloads;
    private final ReplayTexts texts;
    private final List<ReplayedColumn> columns = new ArrayList<>();
    private Optional<Record> single = Optional.empty();
    private Optional<RecordArray> array = Optional.empty();
    private Optional<EventCount> count = Optional.empty();
    private long arrayBytes;
    private long delivered;

    private ReplayedSource(DataSource source, int payloads, ReplayTexts texts) {
        this.source = source;
        this.texts = texts;
        this.payloads = payloads;
    }

    /** Registers a data source as it was when the recording began. */
    static ReplayedSource register(Tree description, GadgetContext context, ReplayTexts texts) {
        DataSource source = SourceDescription.register(description, context);
        int payloads = description.number("payloads");
        if (payloads < 1 || payloads > source.payloadCount()) {
            throw new RecordingException("data source \"" + source.name() + "\" has " + source.payloadCount()
                    + " payloads, of which " + payloads + " should be recorded");
        }
        return new ReplayedSource(source, payloads, texts);
    }

    DataSource source() {
        return source;
    }

    /** Others have added their fields: what they derive from the machine that they are on is taken from the recording instead. */
    void deriveFields(Tree description) {
        for (Tree text : description.trees("texts")) {
            columns.add(ReplayedColumn.add(source, text));
        }
        for (Field field : source.fields()) {
            if (field.isLocal()) {
                field.setConstant("");
            }
        }
        for (ReplayedColumn column : columns) {
            // Operators that add fields may be missing here; then nobody asks for the text.
            source.field(column.fieldName()).ifPresent(field -> column.derive(field, texts));
        }
    }

    /** The layout is fixed. */
    void start(GadgetContext context) {
        count = Optional.of(context.count(source));
        if (source.type() == DataSourceType.ARRAY) {
            array = Optional.of(source.newArray());
        } else {
            single = Optional.of(source.newRecord());
        }
    }

    /** Emits a record, which lies where it was read. */
    void emitRecord(EntryReader entries) {
        if (single.isEmpty()) {
            throw new RecordingException("a record of data source \"" + source.name() + "\", which has arrays");
        }
        Record record = single.get();
        record.begin();
        fill(record, entries, false);
        source.emit(record);
        delivered++;
    }

    /** Adds to the array that is read. */
    void addElement(EntryReader entries) {
        if (array.isEmpty()) {
            throw new RecordingException("an array of data source \"" + source.name() + "\", which has none");
        }
        long start = entries.position();
        // The block may be gone when the array is whole.
        fill(array.get().add(), entries, true);
        arrayBytes += entries.position() - start;
        if (arrayBytes > LARGEST_ARRAY) {
            throw new RecordingException("an array of data source \"" + source.name() + "\" exceeds the limit of "
                    + LARGEST_ARRAY + " bytes");
        }
    }

    /** Whether there are elements of an array that is not yet whole. */
    boolean isInArray() {
        return arrayBytes > 0;
    }

    /** Emits the array. */
    void emitArray() {
        if (array.isEmpty()) {
            throw new RecordingException("an array of data source \"" + source.name() + "\", which has none");
        }
        RecordArray records = array.get();
        delivered += records.size();
        source.emit(records);
        records.begin();
        arrayBytes = 0;
    }

    private void fill(Record record, EntryReader entries, boolean copy) {
        for (int i = 0; i < payloads; i++) {
            put(record, i, entries.length(), entries, copy);
        }
        for (int i = 0; i < columns.size(); i++) {
            ReplayedColumn column = columns.get(i);
            if (column.numbered()) {
                column.writer().setLong(record, texts.number(entries.varint()));
            } else {
                put(record, column.carrier().payloadIndex(), entries.length(), entries, copy);
            }
        }
    }

    private static void put(Record record, int payload, int length, EntryReader entries, boolean copy) {
        long start = entries.position();
        entries.skip(length);
        if (length == 0) {
            return;
        }
        if (copy) {
            record.copyPayload(payload, entries.bytes(), start, length);
        } else {
            record.wrapPayload(payload, entries.bytes(), start, length);
        }
    }

    void lost(long records) {
        settle();
        count.ifPresent(counted -> counted.lost(records));
    }

    /** Makes known how many records were delivered. */
    void settle() {
        long since = delivered;
        delivered = 0;
        count.ifPresent(counted -> counted.delivered(since));
    }

    @Override
    public void close() {
        single.ifPresent(Record::close);
        array.ifPresent(RecordArray::close);
    }
}
