// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of one data source, their names and their payloads. */
final class FieldLayout {
    private static final int MOST_FIELDS = 1 << 16;
    /** Bytes of a fixed layout; far more than a program can put into a ring buffer at once. */
    private static final int LARGEST_LAYOUT = 1 << 24;

    private final DataSource dataSource;
    private final FieldConfiguration configuration;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, Field> byName = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    /** Size of each payload that is a fixed layout, 0 for the others. */
    private final List<Integer> payloadSizes = new ArrayList<>();

    FieldLayout(DataSource dataSource, FieldConfiguration configuration) {
        this.dataSource = dataSource;
        this.configuration = configuration;
    }

    List<Field> fields() {
        return Collections.unmodifiableList(fields);
    }

    List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }

    int payloadCount() {
        return payloadSizes.size();
    }

    int payloadSize(int payload) {
        return payloadSizes.get(payload);
    }

    Container addStatic(int totalSize, List<StaticField> members) {
        dataSource.requireNotStarted();
        if (totalSize < 0 || totalSize > LARGEST_LAYOUT) {
            throw new DataSourceException("a layout of " + totalSize + " bytes for data source \"" + dataSource.name()
                    + "\", the limit is " + LARGEST_LAYOUT);
        }
        int payload = payloadSizes.size();
        List<Field> added = new ArrayList<>(members.size());
        Map<String, Field> names = new HashMap<>();
        for (StaticField member : members) {
            checkMember(member, totalSize, members.size());
            Field field = staticField(member, payload, added);
            if (byName.containsKey(field.fullName()) || names.put(field.fullName(), field) != null) {
                throw alreadyExists(field.fullName());
            }
            added.add(field);
        }
        fields.addAll(added);
        byName.putAll(names);
        payloadSizes.add(totalSize);
        return new Container(payload, totalSize);
    }

    private void checkMember(StaticField member, int totalSize, int count) {
        boolean inside = member.offset() >= 0 && member.size() >= 0 && member.offset() <= totalSize - member.size();
        if (!inside) {
            throw new DataSourceException("field \"" + member.name() + "\" (offset " + member.offset() + ", size "
                    + member.size() + ") exceeds the " + totalSize + " bytes of data source \"" + dataSource.name()
                    + "\"");
        }
        if (member.parent() < StaticField.ROOT || member.parent() >= count) {
            throw new DataSourceException(
                    "field \"" + member.name() + "\" has parent " + member.parent() + " of " + count + " fields");
        }
    }

    private Field staticField(StaticField member, int payload, List<Field> earlier) {
        if (member.parent() >= earlier.size()) {
            throw new DataSourceException("field \"" + member.name() + "\" comes before its parent " + member.parent());
        }
        Optional<Field> parent =
                member.parent() == StaticField.ROOT ? Optional.empty() : Optional.of(earlier.get(member.parent()));
        Map<String, String> annotations = defaultAnnotations();
        annotations.putAll(member.annotations());
        Field.Attributes attributes = new Field.Attributes(
                member.name(),
                fields.size() + earlier.size(),
                payload,
                member.offset(),
                member.size(),
                member.flags() | FieldFlags.STATIC_MEMBER,
                member.kind(),
                member.tags(),
                annotations,
                parent,
                0);
        return configured(attributes);
    }

    Field add(NewField added, boolean defaultOrder) {
        dataSource.requireNotStarted();
        String fullName = Field.pathOf(added.parent(), added.name());
        if (byName.containsKey(fullName)) {
            throw alreadyExists(fullName);
        }
        int index = fields.size();
        boolean empty = (added.flags() & FieldFlags.EMPTY) != 0;
        Field.Attributes attributes = new Field.Attributes(
                added.name(),
                index,
                empty ? 0 : payloadSizes.size(),
                0,
                0,
                added.flags(),
                added.kind(),
                added.tags(),
                added.annotations().isPresent() ? added.annotations().get() : defaultAnnotations(),
                added.parent(),
                added.order() == 0 && defaultOrder ? index : added.order());
        Field field = configured(attributes);
        fields.add(field);
        byName.put(field.fullName(), field);
        if (!empty) {
            payloadSizes.add(0);
        }
        return field;
    }

    /** Rebuilds a field that another process described; nothing is defaulted and no configuration applies. */
    Field restore(WireField wire) {
        int index = fields.size();
        if (index == MOST_FIELDS || wire.payloadIndex() < 0 || wire.payloadIndex() >= MOST_FIELDS) {
            throw new DataSourceException("field \"" + wire.fullName() + "\" has index " + index + " and payload "
                    + wire.payloadIndex() + ", the limit is " + MOST_FIELDS);
        }
        if (wire.offset() < 0 || wire.size() < 0 || wire.offset() > LARGEST_LAYOUT - wire.size()) {
            throw new DataSourceException("field \"" + wire.fullName() + "\" has offset " + wire.offset() + " and size "
                    + wire.size() + ", the limit of their sum is " + LARGEST_LAYOUT);
        }
        Optional<Field> parent = Optional.empty();
        if ((wire.flags() & FieldFlags.HAS_PARENT) != 0) {
            if (wire.parent() < 0 || wire.parent() >= index) {
                throw new DataSourceException(
                        "field \"" + wire.fullName() + "\" has parent " + wire.parent() + " but index " + index);
            }
            parent = Optional.of(fields.get(wire.parent()));
        }
        Field field = new Field(
                dataSource,
                new Field.Attributes(
                        wire.name(),
                        index,
                        wire.payloadIndex(),
                        wire.offset(),
                        wire.size(),
                        wire.flags(),
                        wire.kind(),
                        wire.tags(),
                        wire.annotations(),
                        parent,
                        wire.order()));
        fields.add(field);
        if (field.isReferenced()) {
            byName.putIfAbsent(field.fullName(), field);
        }
        reservePayload(field);
        return field;
    }

    private void reservePayload(Field field) {
        if (field.isEmpty()) {
            return;
        }
        while (payloadSizes.size() <= field.payloadIndex()) {
            payloadSizes.add(0);
        }
        if (field.isStaticMember()) {
            int end = field.offset() + field.size();
            payloadSizes.set(field.payloadIndex(), Math.max(end, payloadSizes.get(field.payloadIndex())));
        }
    }

    private static Map<String, String> defaultAnnotations() {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("columns.width", "16");
        annotations.put("columns.ellipsis", "end");
        annotations.put("columns.alignment", "left");
        return annotations;
    }

    /** Applies template, configured tags, configured template, configured annotations and hidden flag, in this order. */
    private Field configured(Field.Attributes attributes) {
        String fullName = Field.pathOf(attributes.parent(), attributes.name());
        Map<String, String> annotations = new TreeMap<>(attributes.annotations());
        applyTemplate(fullName, Optional.ofNullable(annotations.get(AnnotationTemplates.KEY)), annotations);
        List<String> tags = new ArrayList<>(attributes.tags());
        tags.addAll(configuration.tags(fullName));
        Map<String, String> configured = configuration.annotations(fullName);
        applyTemplate(fullName, Optional.ofNullable(configured.get(AnnotationTemplates.KEY)), annotations);
        annotations.putAll(configured);
        boolean hidden = "true".equals(annotations.get("columns.hidden"));
        return new Field(
                dataSource,
                new Field.Attributes(
                        attributes.name(),
                        attributes.index(),
                        attributes.payloadIndex(),
                        attributes.offset(),
                        attributes.size(),
                        attributes.flags() | (hidden ? FieldFlags.HIDDEN : 0),
                        attributes.kind(),
                        tags,
                        annotations,
                        attributes.parent(),
                        attributes.order()));
    }

    private void applyTemplate(String fullName, Optional<String> template, Map<String, String> annotations) {
        if (template.isPresent() && !AnnotationTemplates.apply(template.get(), annotations)) {
            warnings.add("field \"" + fullName + "\" of data source \"" + dataSource.name()
                    + "\": unknown annotation template \"" + template.get() + "\"");
        }
    }

    /** The exact name first, then the first field whose name differs only in case. */
    Optional<Field> find(String fullName) {
        Field exact = byName.get(fullName);
        if (exact != null) {
            return Optional.of(exact);
        }
        String wanted = fullName.toLowerCase(Locale.ROOT);
        for (Field field : fields) {
            if (field.isReferenced()
                    && field.fullName().toLowerCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    void release(Field field) {
        byName.remove(field.fullName(), field);
    }

    void rename(Field field, String newName) {
        if (byName.containsKey(newName)) {
            throw alreadyExists(newName);
        }
        for (Field each : fields) {
            release(each);
        }
        field.setName(newName);
        for (Field each : fields) {
            each.updateFullName();
            if (each.isReferenced() && byName.putIfAbsent(each.fullName(), each) != null) {
                throw alreadyExists(each.fullName());
            }
        }
    }

    private DataSourceException alreadyExists(String fullName) {
        return new DataSourceException(
                "field \"" + fullName + "\" already exists in data source \"" + dataSource.name() + "\"");
    }
}
