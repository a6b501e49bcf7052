// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.jig.datasource.FieldFlags;
import dev.jig.wire.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes packets of one layout those of another, field by field: daemons of several versions, or on kernels with other types, lay the same
 * data out differently. What a daemon does not know reads as zero.
 */
final class LayoutTranslation {
    private final int payloads;
    private final int[] sizes;
    private final List<Move> moves;
    private final List<String> missing;

    private LayoutTranslation(int payloads, int[] sizes, List<Move> moves, List<String> missing) {
        this.payloads = payloads;
        this.sizes = sizes;
        this.moves = moves;
        this.missing = missing;
    }

    /** One field; where it has a buffer of its own, all of that. */
    private record Move(Api.Field from, Api.Field to) {}

    /**
     * Compares two descriptions of a data source.
     *
     * @param wanted the layout that packets shall have
     * @param given the layout that they have
     * @throws ServiceException when values cannot be carried over: another type, byte order or kind
     */
    static LayoutTranslation of(Api.DataSource wanted, Api.DataSource given) {
        if (wanted.getType() != given.getType() || wanted.getFlags() != given.getFlags()) {
            throw new ServiceException(
                    "data source \"" + given.getName() + "\" has another type or byte order than on the first node");
        }
        Map<String, Api.Field> known = new HashMap<>();
        for (Api.Field field : given.getFieldsList()) {
            if (!has(field, FieldFlags.UNREFERENCED)) {
                known.put(field.getFullName(), field);
            }
        }
        List<Move> moves = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Set<Integer> parents = parents(wanted);
        int payloads = 0;
        Map<Integer, Integer> sizes = new HashMap<>();
        for (Api.Field field : wanted.getFieldsList()) {
            if (has(field, FieldFlags.EMPTY)) {
                continue;
            }
            payloads = Math.max(payloads, field.getPayloadIndex() + 1);
            sizes.merge(field.getPayloadIndex(), field.getOffs() + field.getSize(), Math::max);
            boolean group = parents.contains(field.getIndex()) && has(field, FieldFlags.STATIC_MEMBER);
            if (group || has(field, FieldFlags.UNREFERENCED)) {
                continue;
            }
            Api.Field found = known.get(field.getFullName());
            if (found == null) {
                missing.add(field.getFullName());
            } else if (found.getKindValue() != field.getKindValue()) {
                throw new ServiceException("field \"" + field.getFullName() + "\" of data source \"" + given.getName()
                        + "\" is of another kind than on the first node");
            } else {
                moves.add(new Move(found, field));
            }
        }
        int[] all = new int[payloads];
        sizes.forEach((payload, size) -> all[payload] = size);
        return new LayoutTranslation(payloads, all, moves, missing);
    }

    private static boolean has(Api.Field field, int flag) {
        return (field.getFlags() & flag) != 0;
    }

    private static Set<Integer> parents(Api.DataSource source) {
        Set<Integer> parents = new HashSet<>();
        for (Api.Field field : source.getFieldsList()) {
            if (has(field, FieldFlags.HAS_PARENT)) {
                parents.add(field.getParent());
            }
        }
        return parents;
    }

    /** Fields that the packets do not have. */
    List<String> missing() {
        return missing;
    }

    /**
     * Translates a packet.
     *
     * @throws ServiceException when it is malformed
     */
    ReceivedPacket translate(ReceivedPacket packet, boolean ofArrays) {
        try {
            byte[] translated = ofArrays
                    ? array(Api.GadgetDataArray.parser().parseFrom(packet.message(), packet.offset(), packet.length()))
                            .toByteArray()
                    : single(Api.GadgetData.parser().parseFrom(packet.message(), packet.offset(), packet.length()))
                            .toByteArray();
            return new ReceivedPacket(translated, 0, translated.length, packet.node());
        } catch (InvalidProtocolBufferException malformed) {
            throw new ServiceException("malformed packet: " + malformed.getMessage(), malformed);
        }
    }

    private Api.GadgetData single(Api.GadgetData data) {
        return data.toBuilder().setData(element(data.getData())).build();
    }

    private Api.GadgetDataArray array(Api.GadgetDataArray array) {
        Api.GadgetDataArray.Builder translated = array.toBuilder().clearDataArray();
        array.getDataArrayList().forEach(element -> translated.addDataArray(element(element)));
        return translated.build();
    }

    private Api.DataElement element(Api.DataElement element) {
        byte[][] buffers = new byte[payloads][];
        for (int i = 0; i < payloads; i++) {
            buffers[i] = new byte[sizes[i]];
        }
        for (Move move : moves) {
            if (move.from.getPayloadIndex() < element.getPayloadCount()) {
                carry(move, element.getPayload(move.from.getPayloadIndex()), buffers);
            }
        }
        Api.DataElement.Builder translated = Api.DataElement.newBuilder();
        for (byte[] buffer : buffers) {
            translated.addPayload(ByteString.copyFrom(buffer));
        }
        return translated.build();
    }

    private static void carry(Move move, ByteString from, byte[][] buffers) {
        int start = Math.min(move.from.getOffs(), from.size());
        int end = move.from.getSize() == 0 ? from.size() : Math.min(start + move.from.getSize(), from.size());
        int payload = move.to.getPayloadIndex();
        if (move.to.getSize() == 0) {
            buffers[payload] = from.substring(start, end).toByteArray();
        } else {
            int length = Math.min(end - start, move.to.getSize());
            from.substring(start, start + length).copyTo(buffers[payload], move.to.getOffs());
        }
    }
}
