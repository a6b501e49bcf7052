// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static java.util.Objects.requireNonNull;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A named, typed channel of records. Operators add fields and subscriptions until {@link #start()}; then the layout is fixed and
 * records may be made and emitted. Set up and emitted to by one thread at a time.
 */
public final class DataSource {
    private final String name;
    private final DataSourceType type;
    private final ByteOrder byteOrder;
    private final boolean received;
    private final List<String> tags = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private final FieldLayout layout;
    private final Subscriptions subscriptions = new Subscriptions();
    private final List<FieldReader> unbound = new ArrayList<>();
    private boolean referenced = true;
    private boolean started;

    private DataSource(
            String name, DataSourceType type, ByteOrder byteOrder, boolean received, FieldConfiguration configuration) {
        this.name = requireNonNull(name, "name");
        this.type = requireNonNull(type, "type");
        this.byteOrder = byteOrder;
        this.received = received;
        this.layout = new FieldLayout(this, configuration);
    }

    /** Creates a data source of this process, whose fields are configured as the gadget's metadata says. */
    public static DataSource create(String name, DataSourceType type, FieldConfiguration configuration) {
        return new DataSource(name, type, ByteOrder.nativeOrder(), false, configuration);
    }

    /** Creates a data source whose records another process makes; its payloads are wrapped as they arrive. */
    public static DataSource received(String name, DataSourceType type, ByteOrder byteOrder, List<WireField> fields) {
        return received(name, type, byteOrder, fields, FieldConfiguration.NONE);
    }

    /** The same, where fields that are added here are configured as the gadget's metadata says. */
    public static DataSource received(
            String name,
            DataSourceType type,
            ByteOrder byteOrder,
            List<WireField> fields,
            FieldConfiguration configuration) {
        DataSource dataSource = new DataSource(name, type, byteOrder, true, configuration);
        for (WireField field : fields) {
            dataSource.layout.restore(field);
        }
        return dataSource;
    }

    /** The name, unique within a gadget. */
    public String name() {
        return name;
    }

    /** Whether records come one by one or as arrays. */
    public DataSourceType type() {
        return type;
    }

    /** Byte order of the numbers in payloads. */
    public ByteOrder byteOrder() {
        return byteOrder;
    }

    boolean isByteSwapped() {
        return byteOrder != ByteOrder.nativeOrder();
    }

    /** Whether another process makes the records. */
    public boolean isReceived() {
        return received;
    }

    /** Free-form tags in the order they were added. */
    public List<String> tags() {
        return Collections.unmodifiableList(tags);
    }

    /** Appends tags. */
    public void addTags(List<String> added) {
        tags.addAll(added);
    }

    /** Annotations, sorted by key. */
    public Map<String, String> annotations() {
        return Collections.unmodifiableMap(annotations);
    }

    /** The value of one annotation. */
    public Optional<String> annotation(String key) {
        return Optional.ofNullable(annotations.get(key));
    }

    /** Sets one annotation. */
    public void annotate(String key, String value) {
        annotations.put(key, value);
    }

    /** Whether operators that look later, and other processes, see this data source. */
    public boolean isReferenced() {
        return referenced;
    }

    /** Hides the data source from operators that look later; those that subscribed keep getting records. */
    public void removeReference() {
        referenced = false;
    }

    /** All fields in index order, including those no longer referenced. */
    public List<Field> fields() {
        return layout.fields();
    }

    /** The referenced field with this full name: the exact one, else the first one that differs only in case. */
    public Optional<Field> field(String fullName) {
        return layout.find(fullName);
    }

    /** Like {@link #field}, but a missing field is an error that names it. */
    public Field requireField(String fullName) {
        Optional<Field> field = field(fullName);
        if (field.isEmpty()) {
            throw new DataSourceException("field \"" + fullName + "\" not found in data source \"" + name + "\"");
        }
        return field.get();
    }

    /** Fields that have any of the tags, in index order, including those no longer referenced. */
    public List<Field> fieldsWithTag(String... wanted) {
        List<Field> found = new ArrayList<>();
        for (Field field : fields()) {
            if (field.hasAnyTag(wanted)) {
                found.add(field);
            }
        }
        return found;
    }

    /** Adds the members of a fixed layout of {@code totalSize} bytes, all or none; parents come before their children. */
    public Container addStaticFields(int totalSize, List<StaticField> members) {
        return layout.addStatic(totalSize, members);
    }

    /** Adds a field with a payload of its own, or without value; an order of 0 becomes the field's index. */
    public Field addField(NewField added) {
        return layout.add(added, true);
    }

    /** What was wrong, but not fatal, with the configuration of the fields added so far. */
    public List<String> warnings() {
        return layout.warnings();
    }

    /** How many payloads a record has. */
    public int payloadCount() {
        return layout.payloadCount();
    }

    /** Bytes of a payload that is a fixed layout; 0 for any other. */
    public int payloadSize(int payload) {
        return layout.payloadSize(payload);
    }

    FieldLayout layout() {
        return layout;
    }

    /** Calls {@code subscriber} for each record, also for each one of an array. */
    public void subscribe(int priority, RecordSubscriber subscriber) {
        requireNotStarted();
        subscriptions.addRecord(requireNonNull(subscriber, "subscriber"), priority);
    }

    /** Calls {@code subscriber} for each array. */
    public void subscribeArray(int priority, ArraySubscriber subscriber) {
        requireNotStarted();
        requireType(DataSourceType.ARRAY);
        subscriptions.addArray(requireNonNull(subscriber, "subscriber"), priority);
    }

    /** Calls {@code subscriber} for each record or, if this is an array data source, for each array. */
    public void subscribePacket(int priority, PacketSubscriber subscriber) {
        requireNotStarted();
        subscriptions.addPacket(requireNonNull(subscriber, "subscriber"), priority);
    }

    /** Whether anybody wants the records. */
    public boolean hasSubscribers() {
        return !subscriptions.isEmpty();
    }

    /** Fixes the layout and binds all readers to where values come from. A second call does nothing. */
    public void start() {
        if (started) {
            return;
        }
        started = true;
        for (FieldReader reader : unbound) {
            reader.bind(reader.field().source());
        }
        unbound.clear();
    }

    /** Whether the layout is fixed. */
    public boolean isStarted() {
        return started;
    }

    void requireNotStarted() {
        if (started) {
            throw new DataSourceException("data source \"" + name + "\" has started and cannot be changed");
        }
    }

    private void requireStarted() {
        if (!started) {
            throw new DataSourceException("data source \"" + name + "\" has not started");
        }
    }

    private void requireType(DataSourceType wanted) {
        if (type != wanted) {
            throw new DataSourceException("data source \"" + name + "\" is of type " + type + ", not " + wanted);
        }
    }

    void bindWhenStarted(FieldReader reader) {
        if (started) {
            reader.bind(reader.field().source());
        } else {
            unbound.add(reader);
        }
    }

    /** A reusable record; the caller closes it. */
    public Record newRecord() {
        requireStarted();
        return new Record(this, new ScratchMemory(), true);
    }

    /** A reusable array of records; the caller closes it. */
    public RecordArray newArray() {
        requireStarted();
        requireType(DataSourceType.ARRAY);
        return new RecordArray(this);
    }

    /**
     * Hands a record to all subscribers on this thread; false if one discarded it. An exception of a subscriber ends the
     * delivery and reaches the caller.
     */
    public boolean emit(Record record) {
        requireType(DataSourceType.SINGLE);
        return subscriptions.deliver(record);
    }

    /** Hands an array to all subscribers on this thread, as {@link #emit(Record)} does. */
    public boolean emit(RecordArray array) {
        requireType(DataSourceType.ARRAY);
        return subscriptions.deliver(array);
    }
}
