// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Registers and the own stack at one instruction. */
final class MachineState {
    static final int REGISTERS = 11;
    private static final int STACK_SIZE = 512;

    final Value[] registers = new Value[REGISTERS];
    /** What was stored, by offset; a value is valid for loads of the same width only. */
    private final TreeMap<Integer, Slot> stack;

    /** A stored value and its width in bytes. */
    private record Slot(Value value, int bytes) {
        Slot join(Slot other) {
            return bytes == other.bytes
                    ? new Slot(value.join(other.value), bytes)
                    : new Slot(Value.ANYTHING.join(value).join(other.value), Math.max(bytes, other.bytes));
        }
    }

    MachineState() {
        Arrays.fill(registers, Value.NOTHING);
        stack = new TreeMap<>();
    }

    private MachineState(MachineState other) {
        System.arraycopy(other.registers, 0, registers, 0, REGISTERS);
        stack = new TreeMap<>(other.stack);
    }

    MachineState copy() {
        return new MachineState(this);
    }

    /** Takes in what another way brings; whether that changed anything. */
    boolean join(MachineState other) {
        boolean changed = false;
        for (int i = 0; i < REGISTERS; i++) {
            Value joined = registers[i].join(other.registers[i]);
            changed |= !joined.equals(registers[i]);
            registers[i] = joined;
        }
        for (Map.Entry<Integer, Slot> entry : other.stack.entrySet()) {
            Slot mine = stack.get(entry.getKey());
            Slot joined = mine == null ? entry.getValue() : mine.join(entry.getValue());
            if (!joined.equals(mine)) {
                stack.put(entry.getKey(), joined);
                changed = true;
            }
        }
        return changed;
    }

    /** Stores a value in the stack; what it overlaps is gone. */
    void store(int offset, int bytes, Value value) {
        remove(offset, bytes);
        stack.put(offset, new Slot(value, bytes));
    }

    /** What is in the stack; nothing where nobody wrote. */
    Value load(int offset, int bytes) {
        Slot slot = stack.get(offset);
        Value value = slot != null && slot.bytes == bytes ? slot.value : Value.NOTHING;
        for (Map.Entry<Integer, Slot> entry :
                stack.subMap(offset - STACK_SIZE, false, offset + bytes, false).entrySet()) {
            boolean overlaps = entry.getKey() + entry.getValue().bytes > offset;
            boolean exact = entry.getKey() == offset && entry.getValue().bytes == bytes;
            if (overlaps && !exact) {
                value = value.join(Value.ANYTHING.withOrigins(entry.getValue().value));
            }
        }
        return value;
    }

    /** The kernel or unknown code wrote here. */
    void forget(int offset, int bytes) {
        store(offset, (int) Math.min(bytes, Math.max(1, -(long) offset)), Value.ANYTHING);
    }

    private void remove(int offset, int bytes) {
        for (Integer key : stack.subMap(offset - STACK_SIZE, false, offset + bytes, false)
                .keySet()
                .toArray(new Integer[0])) {
            Slot slot = stack.get(key);
            if (slot != null && key + slot.bytes > offset) {
                stack.remove(key);
                // What lies around the part that is written stays as it was, but is no whole value any more.
                if (key < offset) {
                    stack.put(key, new Slot(Value.ANYTHING.withOrigins(slot.value), offset - key));
                }
                if (key + slot.bytes > offset + bytes) {
                    stack.put(
                            offset + bytes,
                            new Slot(Value.ANYTHING.withOrigins(slot.value), key + slot.bytes - offset - bytes));
                }
            }
        }
    }

    void forgetStack() {
        store(-STACK_SIZE, STACK_SIZE, Value.ANYTHING);
    }
}
