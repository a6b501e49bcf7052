// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldFlags;
import dev.jig.datasource.Kind;
import dev.jig.datasource.WireField;
import dev.jig.gadget.GadgetContext;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layout of a data source in the description of a recording: the attributes that the gRPC API has, by the same names. */
final class SourceDescription {
    private static final String BIG = "big";
    private static final String LITTLE = "little";

    private SourceDescription() {}

    static Map<String, Object> write(DataSource source) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", source.name());
        tree.put("type", source.type() == DataSourceType.ARRAY ? "array" : "single");
        tree.put("byteOrder", source.byteOrder() == ByteOrder.BIG_ENDIAN ? BIG : LITTLE);
        tree.put("tags", List.copyOf(source.tags()));
        tree.put("annotations", new LinkedHashMap<>(source.annotations()));
        List<Object> fields = new ArrayList<>();
        source.fields().forEach(field -> fields.add(write(field)));
        tree.put("fields", fields);
        return tree;
    }

    private static Map<String, Object> write(Field field) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", field.name());
        tree.put("fullName", field.fullName());
        tree.put("payloadIndex", field.payloadIndex());
        tree.put("offs", field.offset());
        tree.put("size", field.size());
        tree.put("flags", field.flags());
        tree.put("kind", field.kind().name());
        tree.put("tags", List.copyOf(field.tags()));
        tree.put("annotations", new LinkedHashMap<>(field.annotations()));
        field.parent().ifPresent(parent -> tree.put("parent", parent.index()));
        tree.put("order", field.order());
        return tree;
    }

    /** Registers the data source that was described. */
    static DataSource register(Tree tree, GadgetContext context) {
        String name = tree.text("name");
        String order = tree.text("byteOrder");
        if (!order.equals(BIG) && !order.equals(LITTLE)) {
            throw new RecordingException("data source \"" + name + "\" has unknown byte order \"" + order + "\"");
        }
        List<WireField> fields = new ArrayList<>();
        List<Tree> described = tree.trees("fields");
        for (Tree field : described) {
            fields.add(readField(field, described.size()));
        }
        DataSource source = context.register(
                name, type(tree), order.equals(BIG) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, fields);
        source.addTags(tree.texts("tags"));
        tree.tree("annotations").asTexts().forEach(source::annotate);
        return source;
    }

    private static DataSourceType type(Tree tree) {
        return switch (tree.text("type")) {
            case "single" -> DataSourceType.SINGLE;
            case "array" -> DataSourceType.ARRAY;
            default ->
                throw new RecordingException(
                        "data source \"" + tree.text("name") + "\" is of unknown type \"" + tree.text("type") + "\"");
        };
    }

    /**
     * @param fields how many there are: no record has more payloads, each of which takes memory
     */
    private static WireField readField(Tree field, int fields) {
        int flags = field.number("flags");
        int payload = field.number("payloadIndex");
        if (payload >= fields) {
            throw new RecordingException("field \"" + field.text("fullName") + "\" has payload " + payload
                    + ", but there are " + fields + " fields");
        }
        return new WireField(
                field.text("name"),
                field.text("fullName"),
                payload,
                field.number("offs"),
                field.number("size"),
                flags,
                kind(field.text("kind"), field.text("fullName")),
                field.texts("tags"),
                field.tree("annotations").asTexts(),
                (flags & FieldFlags.HAS_PARENT) == 0 ? 0 : field.number("parent"),
                field.number("order"));
    }

    private static Kind kind(String name, String field) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new RecordingException("field \"" + field + "\" is of unknown kind \"" + name + "\"");
    }
}
