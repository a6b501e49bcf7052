// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.gadget.GadgetContext;
import dev.jig.wire.Api;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The data sources that daemons described, made into those of a run here: the first daemon decides how they are laid out. */
final class RemoteSources {
    private static final String NODE = "node";
    /** Before everything else. */
    private static final int NODE_ORDER = -100;

    private final boolean severalNodes;
    private final Map<String, Known> known = new HashMap<>();

    RemoteSources(boolean severalNodes) {
        this.severalNodes = severalNodes;
    }

    /** A data source as it is here and as the first daemon described it. */
    private record Known(Api.DataSource described, DataSource source, Optional<FieldWriter> nodeWriter) {}

    /**
     * Reads a gadget's description.
     *
     * @throws ServiceException when it is none
     */
    static Api.GadgetInfo parse(byte[] message, int offset, int length) {
        try {
            return Api.GadgetInfo.parser().parseFrom(message, offset, length);
        } catch (InvalidProtocolBufferException malformed) {
            throw new ServiceException("malformed gadget information: " + malformed.getMessage(), malformed);
        }
    }

    /** Makes the data sources of the first daemon. */
    void register(Api.GadgetInfo info, GadgetContext context) {
        for (Api.DataSource wire : info.getDataSourcesList()) {
            DataSource source = WireSources.fromWire(wire);
            known.put(source.name(), new Known(layout(wire), source, nodeWriter(source)));
            context.register(source);
        }
    }

    private Optional<FieldWriter> nodeWriter(DataSource source) {
        if (!severalNodes) {
            return Optional.empty();
        }
        String name = source.field(NODE).isPresent() ? "nodeName" : NODE;
        NewField field = NewField.of(name, Kind.STRING).withOrder(NODE_ORDER);
        return Optional.of(source.addField(field).asWriter());
    }

    /** Whether the first daemon has a data source of that name. */
    boolean knows(String name) {
        return known.containsKey(name);
    }

    /**
     * Compares a daemon's layout of a known data source with the first one's.
     *
     * @return nothing when they are alike
     * @throws ServiceException when one cannot be made the other
     */
    Optional<LayoutTranslation> translation(Api.DataSource wire) {
        Api.DataSource first = requireNonNull(known.get(wire.getName()), "data source is not known").described;
        Api.DataSource given = layout(wire);
        return first.equals(given) ? Optional.empty() : Optional.of(LayoutTranslation.of(first, given));
    }

    /** Makes what takes the records of a known data source. */
    PacketDecoder decoder(String name) {
        Known found = requireNonNull(known.get(name), "data source is not known");
        return new PacketDecoder(found.source, found.nodeWriter);
    }

    /** What matters for reading packets. */
    private static Api.DataSource layout(Api.DataSource wire) {
        Api.DataSource.Builder layout =
                wire.toBuilder().clearId().clearTags().clearAnnotations().clearFields();
        for (Api.Field field : wire.getFieldsList()) {
            layout.addFields(field.toBuilder().clearTags().clearAnnotations().clearOrder());
        }
        return layout.build();
    }
}
