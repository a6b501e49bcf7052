// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.Mapping;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * A map in the kernel, held by a descriptor. Closing gives up this holder's reference; the kernel frees the map with
 * the last one.
 */
public final class BpfMap implements AutoCloseable {
    /** {@code BPF_ANY}: create or replace. */
    public static final long ANY = 0;
    /** {@code BPF_NOEXIST}: create only. */
    public static final long NO_EXIST = 1;
    /** {@code BPF_EXIST}: replace only. */
    public static final long EXIST = 2;

    private final MapDefinition definition;
    private final FileDescriptor descriptor;
    private final int elementSize;

    private BpfMap(MapDefinition definition, FileDescriptor descriptor) {
        this.definition = definition;
        this.descriptor = descriptor;
        this.elementSize = MapType.isPerCpu(definition.type())
                ? roundUp(definition.valueSize()) * PossibleCpus.count()
                : definition.valueSize();
    }

    /**
     * Creates a map. BTF types are left out when the kernel refuses them, as some kinds of maps cannot have any.
     *
     * @throws SystemCallException when the kernel refuses
     */
    public static BpfMap create(MapDefinition definition) {
        long result = tryCreate(definition);
        if (result < 0 && definition.types().isPresent()) {
            result = tryCreate(definition.withTypes(MapTypes.NONE));
        }
        if (result < 0) {
            throw new SystemCallException(
                    "create map \"" + definition.name() + "\"", Errno.of((int) -result), explain(definition, (int)
                            -result));
        }
        return new BpfMap(definition, FileDescriptor.own(result, "map \"" + definition.name() + "\""));
    }

    /** Takes possession of a descriptor, for instance of a pinned map. */
    public static BpfMap adopt(MapDefinition definition, FileDescriptor descriptor) {
        return new BpfMap(definition, descriptor);
    }

    private static long tryCreate(MapDefinition definition) {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = new BpfAttribute(arena)
                    .u32(0, definition.type())
                    .u32(4, definition.keySize())
                    .u32(8, definition.valueSize())
                    .u32(12, definition.maxEntries())
                    .u32(16, definition.flags())
                    .name(28, definition.name())
                    .u64(64, definition.extra());
            definition.innerMap().ifPresent(inner -> attribute.u32(20, inner));
            if (definition.types().isPresent()) {
                attribute
                        .u32(48, definition.types().btf())
                        .u32(52, definition.types().key())
                        .u32(56, definition.types().value());
            }
            return BpfCommand.BPF_MAP_CREATE.tryCall(attribute);
        }
    }

    private static String explain(MapDefinition definition, int error) {
        if (error == Errno.E2BIG.number() || error == Errno.ENOMEM.number()) {
            return "it is too large for this kernel (" + definition.maxEntries() + " entries of " + definition.keySize()
                    + " + " + definition.valueSize() + " bytes)";
        }
        if (error == Errno.EPERM.number()) {
            return "creating maps needs the capability CAP_BPF (run as root); before Linux 5.11 also a higher limit of locked memory (ulimit -l)";
        }
        return "type " + definition.type() + ", key " + definition.keySize() + " bytes, value "
                + definition.valueSize() + " bytes, " + definition.maxEntries() + " entries, flags "
                + definition.flags();
    }

    /** What the map is. */
    public MapDefinition definition() {
        return definition;
    }

    /** The descriptor, owned by this map. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Bytes of an element as user space sees it: for per-CPU maps one value, rounded up to eight bytes, for each
     * possible processor.
     */
    public int elementSize() {
        return elementSize;
    }

    /**
     * Copies the element of a key.
     *
     * @return the element, or nothing when there is none
     * @throws SystemCallException when the kernel refuses
     */
    public Optional<byte[]> lookup(byte[] key) {
        checkSize("key", key, definition.keySize());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(Math.max(elementSize, 1), Long.BYTES);
            BpfAttribute attribute = element(arena).pointer(8, key).pointer(16, value);
            long result = BpfCommand.BPF_MAP_LOOKUP_ELEM.tryCall(attribute);
            if (result == -Errno.ENOENT.number()) {
                return Optional.empty();
            }
            Kernel.check(result, "look up in " + descriptor);
            return Optional.of(value.asSlice(0, elementSize).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /**
     * Copies the element of a key into native memory of at least {@link #elementSize()} bytes without allocating.
     *
     * @param arguments a reusable block made by {@link #lookupArguments}
     * @return whether there is one
     */
    public boolean lookup(BpfAttribute arguments) {
        long result = BpfCommand.BPF_MAP_LOOKUP_ELEM.tryCall(arguments);
        if (result == -Errno.ENOENT.number()) {
            return false;
        }
        Kernel.check(result, "look up in " + descriptor);
        return true;
    }

    /** Arguments for repeated look-ups with the same key and value memory. */
    public BpfAttribute lookupArguments(Arena arena, MemorySegment key, MemorySegment value) {
        return element(arena).pointer(8, key).pointer(16, value);
    }

    /**
     * Sets the element of a key.
     *
     * @param flags {@link #ANY}, {@link #NO_EXIST} or {@link #EXIST}
     * @throws SystemCallException when the kernel refuses
     */
    public void update(byte[] key, byte[] value, long flags) {
        checkSize("key", key, definition.keySize());
        checkSize("value", value, elementSize);
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute =
                    element(arena).pointer(8, key).pointer(16, value).u64(24, flags);
            BpfCommand.BPF_MAP_UPDATE_ELEM.call(attribute, descriptor.toString());
        }
    }

    /**
     * Removes the element of a key.
     *
     * @return whether there was one
     * @throws SystemCallException when the kernel refuses
     */
    public boolean delete(byte[] key) {
        checkSize("key", key, definition.keySize());
        try (Arena arena = Arena.ofConfined()) {
            long result = BpfCommand.BPF_MAP_DELETE_ELEM.tryCall(element(arena).pointer(8, key));
            if (result == -Errno.ENOENT.number()) {
                return false;
            }
            Kernel.check(result, "delete from " + descriptor);
            return true;
        }
    }

    /**
     * The key after the given one, in the kernel's order.
     *
     * @param key the previous key; none for the first
     * @throws SystemCallException when the kernel refuses
     */
    public Optional<byte[]> nextKey(Optional<byte[]> key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment next = arena.allocate(definition.keySize(), Long.BYTES);
            BpfAttribute attribute = element(arena).pointer(16, next);
            key.ifPresent(previous -> attribute.pointer(8, previous));
            long result = BpfCommand.BPF_MAP_GET_NEXT_KEY.tryCall(attribute);
            if (result == -Errno.ENOENT.number()) {
                return Optional.empty();
            }
            Kernel.check(result, "next key of " + descriptor);
            return Optional.of(next.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /**
     * Makes the map read-only for user space, which lets the verifier take its content for constants.
     *
     * @return false on kernels before 5.2, which cannot
     */
    public boolean freeze() {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = new BpfAttribute(arena).u32(0, descriptor.number());
            long result = BpfCommand.BPF_MAP_FREEZE.tryCall(attribute);
            if (result == -Errno.EINVAL.number()) {
                return false;
            }
            Kernel.check(result, "freeze " + descriptor);
            return true;
        }
    }

    /** Maps the values of an array that was created with {@code BPF_F_MMAPABLE}. */
    public Mapping map() {
        long size = (long) roundUp(definition.valueSize()) * definition.maxEntries();
        long pages = (size + Mapping.PAGE_SIZE - 1) / Mapping.PAGE_SIZE;
        return Mapping.readWrite(descriptor, 0, pages * Mapping.PAGE_SIZE);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return descriptor.toString();
    }

    private BpfAttribute element(Arena arena) {
        return new BpfAttribute(arena).u32(0, descriptor.number());
    }

    private void checkSize(String part, byte[] bytes, int expected) {
        if (bytes.length != expected) {
            throw new BpfException(
                    part + " of " + descriptor + " must have " + expected + " bytes, not " + bytes.length);
        }
    }

    private static int roundUp(int size) {
        return (size + 7) & ~7;
    }
}
