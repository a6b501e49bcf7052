// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a relocation puts into an instruction.
 *
 * @param poison whether there is no value: the instruction must not be reached
 * @param original value that the compiler put there
 * @param value new value
 * @param validate whether the instruction must hold {@code original}
 * @param originalSize width in bytes of the local field, 0 if it does not matter
 * @param size width in bytes of the target's field, 0 if it does not matter
 * @param unsafeSize whether the widths differ in a way that an adjusted load or store would misread
 */
record RelocationValue(
        boolean poison, long original, long value, boolean validate, int originalSize, int size, boolean unsafeSize) {

    /** Computes the value for the target, or for the absence of one. */
    static RelocationValue of(RelocationKind kind, AccessPath local, Optional<AccessPath> target) {
        AccessPath found = target.orElse(null);
        if (kind.isField()) {
            return ofField(kind, local, found);
        }
        if (kind.isEnumValue()) {
            return ofEnumerator(kind, local, found);
        }
        return ofType(kind, local, found);
    }

    /** The id of the local type itself, which needs no target. */
    static RelocationValue ofLocalType(AccessPath local) {
        return new RelocationValue(false, local.rootType, local.rootType, false, 0, 0, false);
    }

    private static RelocationValue ofType(RelocationKind kind, AccessPath local, @Nullable AccessPath target) {
        // Ids may have changed since the compiler wrote them, so they are not validated.
        boolean validate = kind != RelocationKind.TYPE_ID_TARGET;
        return new RelocationValue(
                false, typeValue(kind, local), target == null ? 0 : typeValue(kind, target), validate, 0, 0, false);
    }

    private static long typeValue(RelocationKind kind, AccessPath path) {
        return switch (kind) {
            case TYPE_ID_TARGET -> path.rootType;
            case TYPE_SIZE -> path.btf.sizeOf(path.rootType);
            default -> 1;
        };
    }

    private static RelocationValue ofEnumerator(RelocationKind kind, AccessPath local, @Nullable AccessPath target) {
        if (kind == RelocationKind.ENUM_VALUE_EXISTS) {
            return new RelocationValue(false, 1, target == null ? 0 : 1, true, 0, 0, false);
        }
        long original = enumeratorValue(local);
        if (target == null) {
            return new RelocationValue(true, original, 0, true, 0, 0, false);
        }
        return new RelocationValue(false, original, enumeratorValue(target), true, 0, 0, false);
    }

    /** 32-bit values are sign-extended whatever the enumeration's signedness: compilers put them into 64-bit loads like that. */
    private static long enumeratorValue(AccessPath path) {
        long value = path.btf.enumeratorValue(path.type(0), path.index(0));
        return path.btf.kind(path.type(0)) == BtfKind.ENUM ? (int) value : value;
    }

    private static RelocationValue ofField(RelocationKind kind, AccessPath local, @Nullable AccessPath target) {
        if (kind == RelocationKind.FIELD_EXISTS) {
            return new RelocationValue(false, 1, target == null ? 0 : 1, true, 0, 0, false);
        }
        FieldAspect original = FieldAspect.of(local);
        boolean validate = original.isValidated(kind);
        if (target == null) {
            return new RelocationValue(true, original.value(kind), 0, validate, 0, 0, false);
        }
        FieldAspect field = FieldAspect.of(target);
        boolean sized = kind == RelocationKind.FIELD_BYTE_OFFSET;
        int originalSize = sized ? original.accessSize() : 0;
        int size = sized ? field.accessSize() : 0;
        boolean unsafe = originalSize != size && !mayResize(local.btf, original.type(), target.btf, field.type());
        return new RelocationValue(
                false, original.value(kind), field.value(kind), validate, originalSize, size, unsafe);
    }

    /** Pointers may be read by another width, as programs see 64-bit ones only, and unsigned integers, as they are zero-extended. */
    private static boolean mayResize(Btf localBtf, int local, Btf targetBtf, int target) {
        if (local == 0 || target == 0) {
            return false;
        }
        int one = localBtf.resolve(local);
        int other = targetBtf.resolve(target);
        BtfKind kind = localBtf.kind(one);
        if (kind != targetBtf.kind(other)) {
            return false;
        }
        return kind == BtfKind.POINTER
                || (kind == BtfKind.INT && !localBtf.isSignedInteger(one) && !targetBtf.isSignedInteger(other));
    }

    /** Whether this and the value from another candidate would be the same in the instruction. */
    boolean agreesWith(RelocationValue other) {
        return poison == other.poison && value == other.value;
    }

    /**
     * A field seen as the integer to load for it.
     *
     * @param type of the field, 0 for a bitfield
     * @param byteOffset of the load from the root
     * @param byteSize of the load
     * @param bitOffset of the field from the root
     * @param bitSize of the field
     */
    record FieldAspect(
            AccessPath path, int type, long byteOffset, int byteSize, long bitOffset, long bitSize, boolean bitfield) {

        static FieldAspect of(AccessPath path) {
            Btf btf = path.btf;
            int last = path.length() - 1;
            if (!path.isNamed(last)) {
                int type = path.type(last);
                int size = btf.sizeOf(type);
                return new FieldAspect(path, type, path.bitOffset / 8, size, path.bitOffset, size * 8L, false);
            }
            int type = btf.resolve(btf.memberType(path.type(last), path.index(last)));
            int bits = btf.memberBitfieldSize(path.type(last), path.index(last));
            if (bits > 0) {
                return bitfield(path, type, bits);
            }
            int size = btf.sizeOf(type);
            return new FieldAspect(path, type, path.bitOffset / 8, size, path.bitOffset, size * 8L, false);
        }

        /** Takes the smallest aligned integer, from the declared type's size on, that holds the whole bitfield. */
        private static FieldAspect bitfield(AccessPath path, int type, int bits) {
            int size = path.btf.statedSize(type);
            if (size == 0) {
                throw new CoreException("bitfield " + path.text() + " has a type of no size");
            }
            long offset = path.bitOffset / 8 / size * size;
            while (path.bitOffset + bits - offset * 8 > size * 8L) {
                if (size >= 8) {
                    throw new CoreException("bitfield " + path.text() + " cannot be read with 64 bits");
                }
                size *= 2;
                offset = path.bitOffset / 8 / size * size;
            }
            return new FieldAspect(path, type, offset, size, path.bitOffset, bits, true);
        }

        /** Width that loads and stores of it must have; 0 when their width is the program's own business. */
        int accessSize() {
            return bitfield ? 0 : byteSize;
        }

        /** Offsets and sizes for a bitfield are a matter of taste, so compilers may differ. */
        boolean isValidated(RelocationKind kind) {
            return !bitfield || kind == RelocationKind.FIELD_SIGNED || kind == RelocationKind.FIELD_RSHIFT_U64;
        }

        long value(RelocationKind kind) {
            boolean element = !path.isNamed(path.length() - 1);
            if (element && kind != RelocationKind.FIELD_BYTE_OFFSET && kind != RelocationKind.FIELD_BYTE_SIZE) {
                throw new CoreException(kind.words() + " cannot be asked of " + path.text() + ", which is no member");
            }
            return switch (kind) {
                case FIELD_BYTE_OFFSET -> byteOffset;
                case FIELD_BYTE_SIZE -> byteSize;
                case FIELD_SIGNED -> isSigned() ? 1 : 0;
                case FIELD_LSHIFT_U64 -> leftShift();
                case FIELD_RSHIFT_U64 -> 64 - bitSize;
                default -> throw new CoreException(kind.words() + " is no aspect of a field");
            };
        }

        private boolean isSigned() {
            BtfKind kind = path.btf.kind(type);
            return (kind.isEnumeration() && path.btf.flag(type))
                    || (kind == BtfKind.INT && path.btf.isSignedInteger(type));
        }

        private long leftShift() {
            return path.btf.byteOrder() == ByteOrder.LITTLE_ENDIAN
                    ? 64 - (bitOffset + bitSize - byteOffset * 8)
                    : (8 - byteSize) * 8L + (bitOffset - byteOffset * 8);
        }
    }
}
