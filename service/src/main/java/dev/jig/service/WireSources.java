// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceException;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.WireField;
import dev.jig.wire.Api;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Layouts of data sources on the wire. */
final class WireSources {
    private static final int BIG_ENDIAN = 1;

    private WireSources() {}

    /** Describes a data source, with all of its fields. */
    static Api.DataSource toWire(DataSource source, int id) {
        Api.DataSource.Builder wire = Api.DataSource.newBuilder()
                .setId(id)
                .setName(source.name())
                .setType(source.type() == DataSourceType.ARRAY ? 2 : 1)
                .addAllTags(source.tags())
                .putAllAnnotations(source.annotations())
                .setFlags(source.byteOrder() == ByteOrder.BIG_ENDIAN ? BIG_ENDIAN : 0);
        for (Field field : source.fields()) {
            wire.addFields(toWire(field));
        }
        return wire.build();
    }

    private static Api.Field toWire(Field field) {
        Api.Field.Builder wire = Api.Field.newBuilder()
                .setName(field.name())
                .setFullName(field.fullName())
                .setIndex(field.index())
                .setPayloadIndex(field.payloadIndex())
                .setOffs(field.offset())
                .setSize(field.size())
                .setFlags(field.flags())
                .setKindValue(field.kind().wireNumber())
                .addAllTags(field.tags())
                .putAllAnnotations(field.annotations())
                .setOrder(field.order());
        field.parent().ifPresent(parent -> wire.setParent(parent.index()));
        return wire.build();
    }

    /**
     * Builds a data source that another process described.
     *
     * @throws DataSourceException when the description contradicts itself
     */
    static DataSource fromWire(Api.DataSource wire) {
        DataSourceType type = switch (wire.getType()) {
            case 1 -> DataSourceType.SINGLE;
            case 2 -> DataSourceType.ARRAY;
            default ->
                throw new DataSourceException(
                        "data source \"" + wire.getName() + "\" is of unknown type " + wire.getType());
        };
        List<WireField> fields = new ArrayList<>(wire.getFieldsCount());
        for (Api.Field field : wire.getFieldsList()) {
            fields.add(fromWire(field));
        }
        ByteOrder order = (wire.getFlags() & BIG_ENDIAN) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        DataSource source = DataSource.received(wire.getName(), type, order, fields);
        source.addTags(wire.getTagsList());
        wire.getAnnotationsMap().forEach(source::annotate);
        return source;
    }

    private static WireField fromWire(Api.Field wire) {
        return new WireField(
                wire.getName(),
                wire.getFullName(),
                wire.getPayloadIndex(),
                wire.getOffs(),
                wire.getSize(),
                wire.getFlags(),
                Kind.ofWireNumber(wire.getKindValue()),
                wire.getTagsList(),
                wire.getAnnotationsMap(),
                wire.getParent(),
                wire.getOrder());
    }
}
