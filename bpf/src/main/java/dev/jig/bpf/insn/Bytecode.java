// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static java.util.Objects.requireNonNull;

import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Instructions as mutable 8-byte slots in one array; a flyweight, so that linking and rewriting make no objects. The 64-bit immediate load takes two slots.
 *
 * <pre>
 *   0        1                    2                 4                              8
 *   +--------+----------+---------+-----------------+------------------------------+
 *   | opcode | source   | dest.   | offset (signed) | immediate (signed)           |   register nibbles swap
 *   +--------+----------+---------+-----------------+------------------------------+   places in big-endian code
 * </pre>
 */
public final class Bytecode {
    /** Bytes of one slot. */
    public static final int SLOT = 8;

    private final byte[] bytes;
    private final boolean little;

    private Bytecode(byte[] bytes, boolean little) {
        if (bytes.length % SLOT != 0) {
            throw new InstructionException(bytes.length + " bytes are not a whole number of 8-byte instructions");
        }
        this.bytes = bytes;
        this.little = little;
    }

    /** Wraps instructions of this machine's byte order; the array is shared, not copied. */
    public static Bytecode wrap(byte[] bytes) {
        return wrap(bytes, ByteOrder.nativeOrder());
    }

    /** Wraps instructions of the given byte order; the array is shared, not copied. */
    public static Bytecode wrap(byte[] bytes, ByteOrder order) {
        return new Bytecode(requireNonNull(bytes, "bytes"), order == ByteOrder.LITTLE_ENDIAN);
    }

    /** New instructions, all zero, in this machine's byte order. */
    public static Bytecode ofSlots(int slots) {
        return wrap(new byte[slots * SLOT]);
    }

    /** Number of slots. */
    public int slots() {
        return bytes.length / SLOT;
    }

    public ByteOrder byteOrder() {
        return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** The shared array. */
    public byte[] array() {
        return bytes;
    }

    public int opcode(int slot) {
        return bytes[at(slot)] & 0xff;
    }

    public int destination(int slot) {
        int registers = bytes[at(slot) + 1];
        return little ? registers & 0xf : registers >> 4 & 0xf;
    }

    public int source(int slot) {
        int registers = bytes[at(slot) + 1];
        return little ? registers >> 4 & 0xf : registers & 0xf;
    }

    /** Signed 16-bit offset. */
    public int offset(int slot) {
        int at = at(slot);
        return little ? (bytes[at + 2] & 0xff) | bytes[at + 3] << 8 : (bytes[at + 3] & 0xff) | bytes[at + 2] << 8;
    }

    /** Signed 32-bit immediate of this slot. */
    public int immediate(int slot) {
        int at = at(slot);
        return little
                ? (bytes[at + 4] & 0xff)
                        | (bytes[at + 5] & 0xff) << 8
                        | (bytes[at + 6] & 0xff) << 16
                        | bytes[at + 7] << 24
                : (bytes[at + 7] & 0xff)
                        | (bytes[at + 6] & 0xff) << 8
                        | (bytes[at + 5] & 0xff) << 16
                        | bytes[at + 4] << 24;
    }

    /** Both immediates of a two-slot load as one number. */
    public long wideImmediate(int slot) {
        return (immediate(slot) & 0xffff_ffffL) | (long) immediate(slot + 1) << 32;
    }

    /** Whether a slot is the first of a 64-bit immediate load. */
    public boolean isWide(int slot) {
        return opcode(slot) == Opcode.LD_IMM64;
    }

    /** Whether a slot calls a function of this program. */
    public boolean isFunctionCall(int slot) {
        return opcode(slot) == Opcode.CALL && source(slot) == PseudoSource.CALL;
    }

    /** Whether a slot calls a helper of the kernel by number. */
    public boolean isHelperCall(int slot) {
        return opcode(slot) == Opcode.CALL && source(slot) == 0;
    }

    public void setOpcode(int slot, int opcode) {
        bytes[at(slot)] = (byte) opcode;
    }

    public void setRegisters(int slot, int destination, int source) {
        bytes[at(slot) + 1] = (byte) (little ? destination | source << 4 : source | destination << 4);
    }

    public void setSource(int slot, int source) {
        setRegisters(slot, destination(slot), source);
    }

    /** Sets the offset, of which the low 16 bits are taken. */
    public void setOffset(int slot, int offset) {
        int at = at(slot);
        bytes[at + 2] = (byte) (little ? offset : offset >> 8);
        bytes[at + 3] = (byte) (little ? offset >> 8 : offset);
    }

    public void setImmediate(int slot, int value) {
        int at = at(slot) + 4;
        int bits = little ? value : Integer.reverseBytes(value);
        bytes[at] = (byte) bits;
        bytes[at + 1] = (byte) (bits >> 8);
        bytes[at + 2] = (byte) (bits >> 16);
        bytes[at + 3] = (byte) (bits >> 24);
    }

    /** Sets both immediates of a two-slot load. */
    public void setWideImmediate(int slot, long value) {
        setImmediate(slot, (int) value);
        setImmediate(slot + 1, (int) (value >>> 32));
    }

    /** Sets a whole slot. */
    public void set(int slot, int opcode, int destination, int source, int offset, int immediate) {
        setOpcode(slot, opcode);
        setRegisters(slot, destination, source);
        setOffset(slot, offset);
        setImmediate(slot, immediate);
    }

    /** The instruction that starts in a slot; fails for a two-slot load cut off at the end. */
    public Instruction get(int slot) {
        boolean wide = isWide(slot);
        if (wide && slot + 1 >= slots()) {
            throw new InstructionException("instruction " + slot + ": 64-bit load lacks its second half");
        }
        return new Instruction(
                opcode(slot),
                destination(slot),
                source(slot),
                offset(slot),
                wide ? wideImmediate(slot) : immediate(slot));
    }

    /** Writes an instruction into its one or two slots. */
    public void put(int slot, Instruction instruction) {
        set(slot, instruction.opcode(), instruction.destination(), instruction.source(), instruction.offset(), (int)
                instruction.immediate());
        if (instruction.isWide()) {
            set(slot + 1, 0, 0, 0, 0, (int) (instruction.immediate() >>> 32));
        }
    }

    /** A copy of some slots, in the same byte order. */
    public Bytecode copy(int from, int count) {
        if (from < 0 || count < 0 || count > slots() - from) {
            throw new InstructionException("instructions " + from + " to " + (from + count) + " exceed " + slots());
        }
        return new Bytecode(Arrays.copyOfRange(bytes, from * SLOT, (from + count) * SLOT), little);
    }

    /** The same instructions in another byte order; itself if it is in that order already. */
    public Bytecode toOrder(ByteOrder order) {
        if (order == byteOrder()) {
            return this;
        }
        Bytecode converted = wrap(new byte[bytes.length], order);
        for (int i = 0; i < slots(); i++) {
            converted.set(i, opcode(i), destination(i), source(i), offset(i), immediate(i));
        }
        return converted;
    }

    private int at(int slot) {
        if (slot < 0 || slot >= bytes.length / SLOT) {
            throw new InstructionException("no instruction " + slot + ", only " + slots());
        }
        return slot * SLOT;
    }
}
