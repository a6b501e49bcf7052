// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One field of a data source: what it is called, what it means and where its value comes from. Everything may change until the
 * data source starts, and nothing afterwards.
 */
public final class Field {
    private final DataSource dataSource;
    private final int index;
    private final int payloadIndex;
    private final int offset;
    private final int size;
    private final Kind kind;
    private final int order;
    private final Optional<Field> parent;
    private final List<String> tags;
    private final Map<String, String> annotations;
    private final List<FieldReader> readers = new ArrayList<>(2);
    private final Conveniences conveniences = new Conveniences(this);
    private String name;
    private String fullName;
    private int flags;
    private Optional<ValueSource> assigned = Optional.empty();
    private Optional<NumberNames> numberNames = Optional.empty();
    private boolean written;
    private boolean local;

    /** All attributes of a field, as it is stored and sent. */
    record Attributes(
            String name,
            int index,
            int payloadIndex,
            int offset,
            int size,
            int flags,
            Kind kind,
            List<String> tags,
            Map<String, String> annotations,
            Optional<Field> parent,
            int order) {}

    Field(DataSource dataSource, Attributes attributes) {
        this.dataSource = dataSource;
        this.name = attributes.name();
        this.index = attributes.index();
        this.payloadIndex = attributes.payloadIndex();
        this.offset = attributes.offset();
        this.size = attributes.size();
        this.flags = attributes.flags() | (attributes.parent().isPresent() ? FieldFlags.HAS_PARENT : 0);
        this.kind = attributes.kind();
        this.tags = new ArrayList<>(attributes.tags());
        this.annotations = new TreeMap<>(attributes.annotations());
        this.parent = attributes.parent();
        this.order = attributes.order();
        this.fullName = pathOf(parent, name);
    }

    static String pathOf(Optional<Field> parent, String name) {
        return parent.isPresent() ? parent.get().fullName.concat(".").concat(name) : name;
    }

    /** The data source this field belongs to. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Short name. */
    public String name() {
        return name;
    }

    /** Names of all ancestors and of this field, joined with dots. */
    public String fullName() {
        return fullName;
    }

    /** Position in the data source's list of fields. */
    public int index() {
        return index;
    }

    /** The payload that holds the value; meaningless when {@link #isEmpty()}. */
    public int payloadIndex() {
        return payloadIndex;
    }

    /** First byte of a static member inside of its payload. */
    public int offset() {
        return offset;
    }

    /** Bytes of a static member; 0 for any other field. */
    public int size() {
        return size;
    }

    /** Bits of {@link FieldFlags}. */
    public int flags() {
        return flags;
    }

    /** What the bytes mean. */
    public Kind kind() {
        return kind;
    }

    /** Display position, lower first. */
    public int order() {
        return order;
    }

    /** The field that contains this one. */
    public Optional<Field> parent() {
        return parent;
    }

    /** Free-form tags in the order they were added. */
    public List<String> tags() {
        return Collections.unmodifiableList(tags);
    }

    /** Annotations, sorted by key. */
    public Map<String, String> annotations() {
        return Collections.unmodifiableMap(annotations);
    }

    /** The value of one annotation. */
    public Optional<String> annotation(String key) {
        return Optional.ofNullable(annotations.get(key));
    }

    /** Whether the field has no value and only groups others. */
    public boolean isEmpty() {
        return has(FieldFlags.EMPTY);
    }

    /** Whether the field is left out where only the usual ones are shown. */
    public boolean isHidden() {
        return has(FieldFlags.HIDDEN);
    }

    /** Whether the field is a window into a payload that it shares. */
    public boolean isStaticMember() {
        return has(FieldFlags.STATIC_MEMBER);
    }

    /** Whether the field can be found by its name and is shown. */
    public boolean isReferenced() {
        return !has(FieldFlags.UNREFERENCED);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether the field has this tag. */
    public boolean hasTag(String tag) {
        return tags.contains(tag);
    }

    /** Direct children in index order, including those no longer referenced. */
    public List<Field> subFields() {
        List<Field> found = new ArrayList<>();
        List<Field> all = dataSource.fields();
        for (int i = index + 1; i < all.size(); i++) {
            Optional<Field> other = all.get(i).parent;
            if (other.isPresent() && other.get() == this) {
                found.add(all.get(i));
            }
        }
        return found;
    }

    /** Direct children with any of the tags, in index order. */
    public List<Field> subFieldsWithTag(String... wanted) {
        List<Field> found = new ArrayList<>();
        for (Field field : subFields()) {
            if (field.hasAnyTag(wanted)) {
                found.add(field);
            }
        }
        return found;
    }

    /** Whether the field has at least one of the tags. */
    public boolean hasAnyTag(String... wanted) {
        for (String tag : wanted) {
            if (tags.contains(tag)) {
                return true;
            }
        }
        return false;
    }

    /** Adds a field below this one; unlike for {@link DataSource#addField} an order of 0 stays 0. */
    public Field addSubField(NewField added) {
        return dataSource.layout().add(added.under(this), false);
    }

    /** Appends tags. */
    public void addTags(List<String> added) {
        dataSource.requireNotStarted();
        tags.addAll(added);
    }

    /** Sets one annotation. */
    public void annotate(String key, String value) {
        dataSource.requireNotStarted();
        annotations.put(key, value);
    }

    /** Shows or hides the field by default, and its descendants with it if {@code recursively}. */
    public void setHidden(boolean hidden, boolean recursively) {
        dataSource.requireNotStarted();
        flags = hidden ? flags | FieldFlags.HIDDEN : flags & ~FieldFlags.HIDDEN;
        if (recursively) {
            for (Field child : subFields()) {
                child.setHidden(hidden, true);
            }
        }
    }

    /** Releases the name, and those of all descendants if {@code recursively}: the field is no longer found nor shown. */
    public void removeReference(boolean recursively) {
        dataSource.requireNotStarted();
        dataSource.layout().release(this);
        flags |= FieldFlags.UNREFERENCED;
        if (recursively) {
            for (Field child : subFields()) {
                child.removeReference(true);
            }
        }
    }

    /** Gives a root field another name; the full names of its descendants follow. */
    public void rename(String newName) {
        dataSource.requireNotStarted();
        if (parent.isPresent()) {
            throw new DataSourceException("field \"" + fullName + "\" is not a root field and cannot be renamed");
        }
        dataSource.layout().rename(this, newName);
    }

    void setName(String newName) {
        name = newName;
        updateFullName();
    }

    void updateFullName() {
        fullName = pathOf(parent, name);
    }

    /** Lets the value be computed from the record; of a static number the raw bytes stay readable by {@link #asRawLong()}. */
    public void deriveNumber(NumberDerivation derivation) {
        requireThat(kind.isNumeric(), "a number");
        assign(new ValueSource.DerivedNumber(derivation));
    }

    /** Lets the value be computed from the record. */
    public void deriveText(TextDerivation derivation) {
        requireThat(!kind.isNumeric() && !kind.isArray(), "text");
        assign(new ValueSource.DerivedText(derivation));
    }

    /** Lets the value be one of a small number of ready texts; faster than a text that is computed. */
    public void deriveLiteral(LiteralDerivation derivation) {
        requireThat(!kind.isNumeric() && !kind.isArray(), "text");
        assign(new ValueSource.DerivedLiteral(derivation));
    }

    /** Tells that the text, which is derived, is a name for a number. */
    public void setNumberNames(NumberNames names) {
        dataSource.requireNotStarted();
        numberNames = Optional.of(names);
    }

    /** The numbers that the text is a name for, if somebody knows them. */
    public Optional<NumberNames> numberNames() {
        return numberNames;
    }

    /**
     * Declares that the derived text is a function of more than the record, for instance of names that only this machine knows, and
     * only now: whoever keeps records keeps the text with them.
     */
    public void markLocal() {
        dataSource.requireNotStarted();
        local = true;
    }

    /** Whether the derived text is a function of more than the record. */
    public boolean isLocal() {
        return local;
    }

    /** Declares that each record of the run has this number, with the conventions of {@link NumberDerivation}. */
    public void setConstant(long value) {
        requireThat(kind.isNumeric(), "a number");
        assign(new ValueSource.ConstantNumber(value));
    }

    /** Declares that each record of the run has this text. */
    public void setConstant(String text) {
        requireThat(!kind.isNumeric() && !kind.isArray(), "text");
        assign(new ValueSource.ConstantText(Utf8Literal.of(text)));
    }

    private void assign(ValueSource source) {
        dataSource.requireNotStarted();
        requireThat(!isEmpty(), "a value");
        assigned = Optional.of(source);
    }

    /** Where the value comes from; a field of its own that nobody can write is a constant zero or empty text. */
    public ValueSource source() {
        return assigned.isPresent() ? assigned.get() : rawSource();
    }

    ValueSource rawSource() {
        if (isEmpty()) {
            return new ValueSource.None();
        }
        if (isStaticMember() || written || dataSource.isReceived()) {
            return new ValueSource.Payload(payloadIndex, offset, size);
        }
        if (kind.isNumeric()) {
            return new ValueSource.ConstantNumber(0);
        }
        return kind.isArray() ? new ValueSource.None() : new ValueSource.ConstantText(Utf8Literal.EMPTY);
    }

    /** A reader of the value of a bool or integer field. */
    public LongReader asLong() {
        requireThat(kind.isInteger() || kind == Kind.BOOL, "an integer");
        return register(new LongReader(this, false));
    }

    /** A reader of the bytes in the payload, whatever {@link #deriveNumber} made of them. */
    public LongReader asRawLong() {
        requireThat(isStaticMember() && (kind.isInteger() || kind == Kind.BOOL), "an integer of a fixed layout");
        LongReader reader = new LongReader(this, true);
        dataSource.bindWhenStarted(reader);
        return reader;
    }

    /** A reader of the value of a floating-point field. */
    public DoubleReader asDouble() {
        requireThat(kind.isFloat(), "a floating-point number");
        return register(new DoubleReader(this));
    }

    /** A reader of the bytes of any field that is not a derived or constant number. */
    public TextReader asText() {
        return register(new TextReader(this));
    }

    /** A reader of the elements of an array of bools, integers or floats. */
    public ArrayReader asArray() {
        requireThat(kind.isArray() && kind.element().isNumeric(), "an array of numbers");
        return register(new ArrayReader(this));
    }

    /** A writer of the value, to be asked for before the start: a field that nobody asked to write is constant. */
    public FieldWriter asWriter() {
        dataSource.requireNotStarted();
        requireThat(!isEmpty(), "a value");
        written = true;
        return new FieldWriter(this);
    }

    /** Whether somebody may set the value of records on their way. */
    public boolean isWritten() {
        return written;
    }

    private <R extends FieldReader> R register(R reader) {
        readers.add(reader);
        dataSource.bindWhenStarted(reader);
        return reader;
    }

    int readerCount() {
        return readers.size();
    }

    Conveniences conveniences() {
        return conveniences;
    }

    private void requireThat(boolean condition, String what) {
        if (!condition) {
            throw new DataSourceException(
                    "field \"" + fullName + "\" of kind " + kind.displayName() + " is not " + what);
        }
    }

    @Override
    public String toString() {
        return dataSource.name() + ":" + fullName;
    }
}
