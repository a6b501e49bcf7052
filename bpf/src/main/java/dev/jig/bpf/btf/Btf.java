// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.bytes.ByteView;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The types of one program, module or kernel, read in place: a table says where each type's record starts, nothing else is decoded until it is asked for.
 * Ids run from 1; 0 is void. A split BTF (of a module) continues the ids and strings of its base.
 *
 * <p>Every access is bounds-checked and names the type at fault. Methods that return something of an element do not allocate, except names.
 */
public final class Btf {
    private static final int MAXIMUM_CHAIN = 32;

    private final String title;
    private final ByteView types;
    private final ByteView strings;
    private final @Nullable Btf base;
    private final int firstId;
    private final long firstString;
    private final IntTable offsets;
    private volatile @Nullable NameIndex names;

    private Btf(
            String title, BtfHeader header, @Nullable Btf base, @Nullable IntTable offsets, @Nullable NameIndex names) {
        this.title = requireNonNull(title, "title");
        this.types = header.types();
        this.strings = header.strings();
        this.base = base;
        this.firstId = base == null ? 1 : base.typeCount();
        this.firstString = base == null ? 0 : base.firstString + base.strings.size();
        this.offsets = offsets == null ? new IntTable.OnHeap(TypeScanner.scan(types, firstId)) : offsets;
        this.names = names;
    }

    /** Reads BTF from a segment, which must outlive the result. */
    public static Btf parse(String title, MemorySegment bytes) {
        return parse(ByteView.of(title, bytes, ByteOrder.nativeOrder(), BtfHeader.FAILURE));
    }

    /** Reads BTF from an array, which must not be changed later. */
    public static Btf parse(String title, byte[] bytes) {
        return parse(ByteView.of(title, bytes, ByteOrder.nativeOrder(), BtfHeader.FAILURE));
    }

    /** Reads BTF that continues {@code base}, as that of kernel modules does. */
    public static Btf parseSplit(String title, byte[] bytes, Btf base) {
        ByteView view = ByteView.of(title, bytes, ByteOrder.nativeOrder(), BtfHeader.FAILURE);
        return new Btf(title, BtfHeader.read(view), requireNonNull(base, "base"), null, null);
    }

    static Btf parse(ByteView view) {
        return new Btf(view.name(), BtfHeader.read(view), null, null, null);
    }

    /** BTF whose tables are known already, for instance from a cache. */
    static Btf indexed(ByteView view, IntTable offsets, NameIndex names) {
        return new Btf(view.name(), BtfHeader.read(view), null, offsets, names);
    }

    /** What these types are of, for messages. */
    public String title() {
        return title;
    }

    /** The order of numbers in the blob this was read from. */
    public ByteOrder byteOrder() {
        return types.order();
    }

    /** One more than the highest id: void, the base's types and the own ones counted. */
    public int typeCount() {
        return firstId + offsets.length() - 1;
    }

    /** The first id that is not the base's: 1 without a base. */
    public int firstId() {
        return firstId;
    }

    IntTable offsets() {
        return offsets;
    }

    ByteView strings() {
        return strings;
    }

    ByteView types() {
        return types;
    }

    long firstString() {
        return firstString;
    }

    /** Kind of a type. */
    public BtfKind kind(int id) {
        return BtfKind.of(kindNumber(id));
    }

    int kindNumber(int id) {
        if (id == 0) {
            return 0;
        }
        int kind = infoByte(id);
        if (kind >= BtfKind.COUNT || kind == 0) {
            throw new BtfException(title + ": type " + id + " has unknown kind " + kind);
        }
        return kind;
    }

    private int infoByte(int id) {
        return (info(id) >>> 24) & 0x1f;
    }

    private int info(int id) {
        Btf owner = owner(id);
        return owner.types.s32(owner.start(id) + 4L);
    }

    /** Number of members, enumerators, parameters or section variables. */
    public int elementCount(int id) {
        return id == 0 ? 0 : info(id) & 0xffff;
    }

    /** The kind-dependent flag: bitfield sizes are given (struct, union), values are signed (enumerations), a union is declared (forward). */
    public boolean flag(int id) {
        return id != 0 && info(id) < 0;
    }

    /** Where the type's name is among the strings. */
    long nameOffset(int id) {
        if (id == 0) {
            return 0;
        }
        Btf owner = owner(id);
        return owner.types.u32(owner.start(id));
    }

    /** Name of a type, empty if it has none. */
    public String name(int id) {
        return string(nameOffset(id));
    }

    /** The string at an offset, as names and {@code .BTF.ext} records give it. */
    public String string(long offset) {
        if (offset == 0) {
            return "";
        }
        return stringOwner(offset).strings.string(offset - stringOwner(offset).firstString);
    }

    private Btf stringOwner(long offset) {
        return base != null && offset < firstString ? base.stringOwner(offset) : this;
    }

    /** Whether a type has exactly this name, given in UTF-8. */
    boolean isNamed(int id, byte[] name) {
        long offset = nameOffset(id);
        Btf owner = stringOwner(offset);
        return owner.strings.stringEquals(offset - owner.firstString, name);
    }

    /** Whether a type's name without flavour is {@code essential}, given in UTF-8. */
    public boolean isEssentiallyNamed(int id, byte[] essential) {
        return isEssentially(nameOffset(id), essential);
    }

    /** Whether an element's name without flavour is {@code essential}, given in UTF-8. */
    public boolean isElementEssentiallyNamed(int id, int index, byte[] essential) {
        return isEssentially(elementNameOffset(id, index), essential);
    }

    private boolean isEssentially(long offset, byte[] essential) {
        Btf owner = stringOwner(offset);
        long at = offset - owner.firstString;
        if (!owner.strings.stringStartsWith(at, essential)) {
            return false;
        }
        int next = owner.strings.u8(at + essential.length);
        // Only a name that goes on with an underscore can have a flavour; only then is it worth decoding.
        return next == 0 || (next == '_' && Names.essentialLength(owner.strings.string(at)) == essential.length);
    }

    /**
     * The first member from {@code from} on that is anonymous or has exactly this name, given in UTF-8, or -1. One tight loop, as CO-RE spends its time
     * here.
     */
    public int nextMember(int id, int from, byte[] name) {
        int count = elementCount(id);
        Btf owner = owner(id);
        long at = owner.start(id) + 12L + 12L * from;
        for (int i = from; i < count; i++, at += 12) {
            long offset = owner.types.u32(at);
            if (offset == 0) {
                return i;
            }
            Btf holder = stringOwner(offset);
            if (holder.strings.stringEquals(offset - holder.firstString, name)) {
                return i;
            }
        }
        return -1;
    }

    /** The third word of a record: a size or the id of another type. */
    private int third(int id) {
        Btf owner = owner(id);
        return owner.types.s32(owner.start(id) + 8L);
    }

    /** Id of the type that a pointer, typedef, modifier, function, prototype (return type), variable or tag refers to; 0 for void. */
    public int target(int id) {
        return checkedId(id, third(id));
    }

    /** Size in bytes that the record of an integer, float, composite, enumeration or section itself states; see {@link #sizeOf} for any type. */
    public int statedSize(int id) {
        int size = third(id);
        if (size < 0) {
            throw new BtfException(describe(id) + " states a size of " + Integer.toUnsignedString(size) + " bytes");
        }
        return size;
    }

    private int extra(int id, int word) {
        Btf owner = owner(id);
        return owner.types.s32(owner.start(id) + 12L + 4L * word);
    }

    private int element(int id, int index, int words, int word) {
        if (index < 0 || index >= elementCount(id)) {
            throw new BtfException(describe(id) + " has no element " + index + ", only " + elementCount(id));
        }
        return extra(id, index * words + word);
    }

    private int checkedId(int id, int other) {
        if (other < 0 || other >= typeCount()) {
            // Not describe(): that would follow this very reference.
            throw new BtfException(title + ": type " + id + " refers to type " + Integer.toUnsignedString(other)
                    + " of " + typeCount());
        }
        return other;
    }

    /** Name of a member, enumerator or parameter, empty if it has none. */
    public String elementName(int id, int index) {
        return string(elementNameOffset(id, index));
    }

    long elementNameOffset(int id, int index) {
        return element(id, index, elementWords(id), 0) & 0xffff_ffffL;
    }

    private int elementWords(int id) {
        BtfKind kind = kind(id);
        return kind == BtfKind.ENUM || kind == BtfKind.FUNCTION_PROTOTYPE ? 2 : 3;
    }

    boolean isElementNamed(int id, int index, byte[] name) {
        long offset = elementNameOffset(id, index);
        Btf owner = stringOwner(offset);
        return owner.strings.stringEquals(offset - owner.firstString, name);
    }

    /** Type of a member of a struct or union. */
    public int memberType(int id, int index) {
        return checkedId(id, element(id, index, 3, 1));
    }

    /** Offset of a member in bits. */
    public int memberBitOffset(int id, int index) {
        int offset = element(id, index, 3, 2);
        return flag(id) ? offset & 0xffffff : offset;
    }

    /** Width of a member in bits if it is a bitfield, else 0. */
    public int memberBitfieldSize(int id, int index) {
        return flag(id) ? element(id, index, 3, 2) >>> 24 : 0;
    }

    /** Value of an enumerator; unsigned 64-bit values as their bits. */
    public long enumeratorValue(int id, int index) {
        if (kind(id) == BtfKind.ENUM64) {
            return (element(id, index, 3, 1) & 0xffff_ffffL) | (long) element(id, index, 3, 2) << 32;
        }
        int value = element(id, index, 2, 1);
        return flag(id) ? value : value & 0xffff_ffffL;
    }

    /** Type of a parameter of a function prototype. */
    public int parameterType(int id, int index) {
        return checkedId(id, element(id, index, 2, 1));
    }

    /** Type of an array's elements. */
    public int arrayElementType(int id) {
        return checkedId(id, extra(id, 0));
    }

    /** Type of an array's index. */
    public int arrayIndexType(int id) {
        return checkedId(id, extra(id, 1));
    }

    /** Number of elements of an array; 0 also for flexible ones. */
    public long arrayCount(int id) {
        return extra(id, 2) & 0xffff_ffffL;
    }

    /** Encoding, offset and width of an integer as stored: {@code encoding << 24 | offset << 16 | bits}. */
    int integerWord(int id) {
        return extra(id, 0);
    }

    /** Whether an integer is signed. */
    public boolean isSignedInteger(int id) {
        return (integerWord(id) >>> 24 & 1) != 0;
    }

    /** Whether an integer is a truth value. */
    public boolean isBooleanInteger(int id) {
        return (integerWord(id) >>> 24 & 4) != 0;
    }

    /** Whether an integer is a truth value. */
    public boolean isBool(int id) {
        return (integerWord(id) >>> 24 & 4) != 0;
    }

    /** Bit offset of an integer inside its storage, non-zero only in old encodings of bitfields. */
    public int integerBitOffset(int id) {
        return integerWord(id) >>> 16 & 0xff;
    }

    /** Linkage of a variable or function. */
    public Linkage linkage(int id) {
        return Linkage.of(kind(id) == BtfKind.FUNCTION ? elementCount(id) : extra(id, 0), describe(id));
    }

    /** Component index of a declaration tag, -1 for the whole declaration. */
    public int tagComponent(int id) {
        return extra(id, 0);
    }

    /** Type (a variable or function) of an entry in a data section. */
    public int sectionVariableType(int id, int index) {
        return checkedId(id, element(id, index, 3, 0));
    }

    /** Offset in bytes of an entry in a data section, as stored. */
    public int sectionVariableOffset(int id, int index) {
        return element(id, index, 3, 1);
    }

    /** Size in bytes of an entry in a data section, as stored. */
    public int sectionVariableSize(int id, int index) {
        return element(id, index, 3, 2);
    }

    /** The type, decoded. */
    public BtfType type(int id) {
        return TypeDecoder.decode(this, id);
    }

    /** The type without const, volatile, restrict, type tags and typedefs around it. */
    public int resolve(int id) {
        int at = id;
        for (int i = 0; i < MAXIMUM_CHAIN; i++) {
            BtfKind kind = kind(at);
            if (!kind.isModifier() && kind != BtfKind.TYPEDEF) {
                return at;
            }
            at = target(at);
        }
        throw new BtfException(describe(id) + " is a chain of more than " + MAXIMUM_CHAIN + " modifiers and typedefs");
    }

    /** The type without const, volatile, restrict and type tags, but with typedefs. */
    public int withoutModifiers(int id) {
        int at = id;
        for (int i = 0; i < MAXIMUM_CHAIN; i++) {
            if (!kind(at).isModifier()) {
                return at;
            }
            at = target(at);
        }
        throw new BtfException(describe(id) + " is a chain of more than " + MAXIMUM_CHAIN + " modifiers");
    }

    /** Size in bytes of a value of any type that has one; pointers take 8. Fails for void, functions and the like. */
    public int sizeOf(int id) {
        long count = 1;
        int at = id;
        for (int i = 0; i < MAXIMUM_CHAIN; i++) {
            BtfKind kind = kind(at);
            switch (kind) {
                case INT, STRUCT, UNION, ENUM, ENUM64, DATA_SECTION, FLOAT -> {
                    return total(id, count, statedSize(at));
                }
                case POINTER -> {
                    return total(id, count, Long.BYTES);
                }
                case TYPEDEF, VOLATILE, CONST, RESTRICT, VARIABLE, DECLARATION_TAG, TYPE_TAG -> at = target(at);
                case ARRAY -> {
                    count = total(id, count, arrayCount(at));
                    at = arrayElementType(at);
                }
                case VOID, FORWARD, FUNCTION, FUNCTION_PROTOTYPE ->
                    throw new BtfException(describe(id) + " has no size");
            }
        }
        throw new BtfException(describe(id) + " is a chain of more than " + MAXIMUM_CHAIN + " types");
    }

    private int total(int id, long count, long size) {
        long total = count * size;
        if (size != 0 && (total / size != count || total > Integer.MAX_VALUE)) {
            throw new BtfException(describe(id) + " has a size over 2 GiB");
        }
        return (int) total;
    }

    /** The lowest id of a type with this kind and exact name, also in the base. */
    public OptionalInt find(String name, BtfKind kind) {
        if (base != null) {
            OptionalInt found = base.find(name, kind);
            if (found.isPresent()) {
                return found;
            }
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int id = firstSameHash(name); id != 0; id = nextSameHash(id)) {
            if (kind(id) == kind && isNamed(id, bytes)) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    /** The first own type whose name, without flavour, might be that of {@code name}; 0 if none. Compare names. */
    public int firstSameHash(String name) {
        int hash = NameIndex.hash(name);
        return hash == 0 ? 0 : chained(0, names().first(hash));
    }

    /** The next own type that {@link #firstSameHash} would have found, with a higher id; 0 if none. */
    public int nextSameHash(int id) {
        return chained(id, names().after(id - firstId + 1));
    }

    /** Ids in a chain only grow, so that no corrupt index can make anybody walk in circles. */
    private int chained(int before, int id) {
        if (id != 0 && (id <= before || id < firstId || id >= typeCount())) {
            throw new BtfException(title + ": name index leads from type " + before + " to " + id);
        }
        return id;
    }

    NameIndex names() {
        NameIndex index = names;
        if (index == null) {
            index = NameIndex.build(this);
            names = index;
        }
        return index;
    }

    /** The BTF whose ids this one continues. */
    public Optional<Btf> base() {
        return Optional.ofNullable(base);
    }

    private Btf owner(int id) {
        if (base != null && id < firstId) {
            return base.owner(id);
        }
        if (id <= 0 || id >= typeCount()) {
            throw new BtfException(title + ": no type " + Integer.toUnsignedString(id) + ", only " + typeCount());
        }
        return this;
    }

    private int start(int id) {
        return offsets.get(id - firstId + 1);
    }

    /** A type in words for messages, such as {@code vmlinux: type 7 (struct task_struct)}; never fails. */
    public String describe(int id) {
        return title + ": type " + Integer.toUnsignedString(id) + TypeText.suffix(this, id);
    }

    /** A type in C words, such as {@code struct task_struct}; never fails. */
    public String text(int id) {
        return TypeText.of(this, id);
    }
}
