// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.datasource.AnnotationTemplates;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.StaticField;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns the members of a C structure into fields: names, kinds and places from BTF, meaning from the names of types. */
final class StructFields {
    private static final List<String> HIDDEN_STRUCTS = List.of("gadget_process", "gadget_creds", "gadget_parent");
    private static final List<String> TEMPLATE_TYPES = List.of(
            "gadget_comm",
            "gadget_pcomm",
            "gadget_pid",
            "gadget_ppid",
            "gadget_tid",
            "gadget_uid",
            "gadget_gid",
            "gadget_timestamp",
            "gadget_mntns_id",
            "gadget_netns_id",
            "gadget_user_stack");
    private static final String TYPE_PREFIX = "gadget_";
    private static final int DEEPEST = 32;

    private final Btf btf;
    private final List<StaticField> fields = new ArrayList<>();
    private final List<EnumMember> enums = new ArrayList<>();
    private final List<BitMember> bitMembers = new ArrayList<>();
    private int structSize;
    /** With the places of bit-fields behind the structure. */
    private int size;

    /**
     * A member of an enumerated type.
     *
     * @param field full name
     * @param type id of the enumeration
     */
    record EnumMember(String field, int type) {}

    /**
     * A member of less than whole bytes. Its value is not found as it is in the record, so it has a place of its own behind the structure, where whoever
     * passes records on writes it.
     *
     * @param field index in the list of fields
     * @param offset bits before its first one
     * @param size its bits
     */
    private record BitMember(int field, int offset, int size) {}

    StructFields(Btf btf) {
        this.btf = btf;
    }

    /** Adds the members of a structure, and the names of enumerated values, to a data source. */
    static Container register(Btf btf, int struct, KernelTypes kernel, DataSource source, Log log) {
        StructFields fields = new StructFields(btf).read(struct);
        Container container = fields.addTo(source);
        new EnumFormatter(btf, kernel, log).addTo(source, fields.enums());
        return container;
    }

    /** Reads the members of a structure. */
    StructFields read(int struct) {
        structSize = btf.sizeOf(struct);
        size = structSize;
        readMembers(struct, 0, StaticField.ROOT, "", 0);
        return this;
    }

    /** The fields, parents before their children. */
    List<StaticField> fields() {
        return List.copyOf(fields);
    }

    /** Adds the fields to a data source; the result has the size of the structure, as records of the kernel do. */
    Container addTo(DataSource source) {
        int first = source.fields().size();
        Container container = source.addStaticFields(size, fields);
        for (BitMember member : bitMembers) {
            Field field = source.fields().get(first + member.field);
            boolean signed = field.kind().isSigned();
            field.deriveNumber(container.bits(member.offset, member.size, signed, source.byteOrder()));
        }
        return new Container(container.payload(), structSize);
    }

    /** The members of enumerated types. */
    List<EnumMember> enums() {
        return List.copyOf(enums);
    }

    private void readMembers(int struct, int base, int parent, String path, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        int count = btf.elementCount(struct);
        for (int i = 0; i < count; i++) {
            String name = btf.elementName(struct, i);
            if (!name.startsWith("__")) {
                int type = btf.memberType(struct, i);
                int offset = base + btf.memberBitOffset(struct, i) / Byte.SIZE;
                if (btf.memberBitfieldSize(struct, i) > 0) {
                    offset = placeOfBits(struct, i, base);
                }
                readMember(struct, name, type, offset, parent, path, depth);
            }
        }
    }

    private int placeOfBits(int struct, int member, int base) {
        int bits = btf.memberBitfieldSize(struct, member);
        int type = btf.resolve(btf.memberType(struct, member));
        if (scalarKind(type).isEmpty() || bits > btf.statedSize(type) * Byte.SIZE) {
            throw new GadgetException("member \"" + btf.elementName(struct, member) + "\" of " + btf.describe(struct)
                    + " is a bit-field of " + bits + " bits, which " + btf.describe(type) + " cannot hold");
        }
        int offset = Math.addExact(Math.multiplyExact(base, Byte.SIZE), btf.memberBitOffset(struct, member));
        bitMembers.add(new BitMember(fields.size(), offset, bits));
        int place = (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        size = place + Long.BYTES;
        return place;
    }

    private void readMember(int struct, String name, int type, int offset, int parent, String path, int depth) {
        List<String> typeNames = typeNames(type);
        List<String> tags = tags(typeNames, name);
        Map<String, String> annotations = annotations(typeNames, btf.name(struct), name);
        String fullName = parent == StaticField.ROOT ? name : path + "." + name;
        if (btf.kind(type).isComposite()) {
            fields.add(new StaticField(name, Kind.BYTES, offset, btf.sizeOf(type), parent, 0, tags, annotations));
            readMembers(type, offset, fields.size() - 1, fullName, depth + 1);
            return;
        }
        Optional<Kind> kind = kind(type, typeNames);
        if (kind.isPresent()) {
            fields.add(new StaticField(name, kind.get(), offset, btf.sizeOf(type), parent, 0, tags, annotations));
            if (btf.kind(type).isEnumeration()) {
                enums.add(new EnumMember(fullName, type));
            }
        }
    }

    /** The names met from a type down to what it is made of; of arrays, those of the element. */
    private List<String> typeNames(int type) {
        List<String> names = new ArrayList<>();
        int at = type;
        for (int i = 0; i < DEEPEST; i++) {
            String name = btf.kind(at) == BtfKind.VOID ? "" : btf.name(at);
            if (!name.isEmpty()) {
                names.add(name);
            }
            OptionalInt next = next(at);
            if (next.isEmpty()) {
                break;
            }
            at = next.getAsInt();
        }
        return names;
    }

    private OptionalInt next(int type) {
        return switch (btf.kind(type)) {
            case ARRAY -> OptionalInt.of(btf.arrayElementType(type));
            case TYPEDEF, CONST, VOLATILE -> OptionalInt.of(btf.target(type));
            default -> OptionalInt.empty();
        };
    }

    private static List<String> tags(List<String> typeNames, String name) {
        List<String> tags = new ArrayList<>();
        typeNames.forEach(typeName -> tags.add("type:" + typeName));
        tags.add("name:" + name);
        tags.add("src:ebpf");
        return tags;
    }

    private static Map<String, String> annotations(List<String> typeNames, String struct, String name) {
        Map<String, String> annotations = new LinkedHashMap<>();
        for (String typeName : typeNames) {
            if (TEMPLATE_TYPES.contains(typeName)) {
                AnnotationTemplates.apply(typeName.substring(TYPE_PREFIX.length()), annotations);
            }
            if (HIDDEN_STRUCTS.contains(typeName)) {
                annotations.put("columns.hidden", "true");
            }
        }
        if (HIDDEN_STRUCTS.contains(struct)) {
            annotations.put("columns.alias", name);
        }
        return annotations;
    }

    private Optional<Kind> kind(int type, List<String> typeNames) {
        int resolved = btf.resolve(type);
        if (btf.kind(resolved) == BtfKind.ARRAY) {
            return arrayKind(resolved, typeNames);
        }
        return scalarKind(resolved);
    }

    private Optional<Kind> arrayKind(int array, List<String> typeNames) {
        if (btf.arrayCount(array) == 0) {
            return Optional.empty();
        }
        int element = btf.resolve(btf.arrayElementType(array));
        if (btf.kind(element) == BtfKind.ARRAY) {
            boolean texts = scalarKind(btf.resolve(btf.arrayElementType(element)))
                            .filter(kind -> kind == Kind.INT8)
                            .isPresent()
                    && typeNames.contains("char");
            return Optional.of(texts ? Kind.CSTRING_ARRAY : Kind.INVALID);
        }
        Optional<Kind> kind = scalarKind(element);
        if (kind.isPresent() && kind.get() == Kind.INT8 && typeNames.contains("char")) {
            return Optional.of(Kind.CSTRING);
        }
        return kind.map(Kind::arrayOf);
    }

    private Optional<Kind> scalarKind(int type) {
        return switch (btf.kind(type)) {
            case INT ->
                btf.isBooleanInteger(type)
                        ? Optional.of(Kind.BOOL)
                        : integerKind(btf.statedSize(type), btf.isSignedInteger(type));
            case ENUM, ENUM64 -> integerKind(btf.statedSize(type), btf.flag(type));
            case FLOAT -> floatKind(btf.statedSize(type));
            default -> Optional.empty();
        };
    }

    private static Optional<Kind> floatKind(int size) {
        return switch (size) {
            case Float.BYTES -> Optional.of(Kind.FLOAT32);
            case Double.BYTES -> Optional.of(Kind.FLOAT64);
            default -> Optional.empty();
        };
    }

    private static Optional<Kind> integerKind(int size, boolean signed) {
        return switch (size) {
            case 1 -> Optional.of(signed ? Kind.INT8 : Kind.UINT8);
            case 2 -> Optional.of(signed ? Kind.INT16 : Kind.UINT16);
            case 4 -> Optional.of(signed ? Kind.INT32 : Kind.UINT32);
            case 8 -> Optional.of(signed ? Kind.INT64 : Kind.UINT64);
            default -> Optional.empty();
        };
    }
}
