// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Registers and the own stack at one instruction. */
final class MachineState {
    static final int REGISTERS = 11;

    final Value[] registers = new Value[REGISTERS];
    /** What was stored, by offset; a value is valid for loads of the same width only. */
    private final TreeMap<Integer, Slot> stack;

    /** A stored value and its width in bytes. */
    private record Slot(Value value, int bytes) {}

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
        for (Map.Entry<Integer, Slot> entry : Map.copyOf(stack).entrySet()) {
            Slot mine = entry.getValue();
            Slot theirs = other.stack.get(entry.getKey());
            if (theirs == null || theirs.bytes != mine.bytes) {
                stack.remove(entry.getKey());
                changed = true;
                continue;
            }
            Value joined = mine.value.join(theirs.value);
            if (!joined.equals(mine.value)) {
                stack.put(entry.getKey(), new Slot(joined, mine.bytes));
                changed = true;
            }
        }
        return changed;
    }

    /** Stores a value in the stack; what it overlaps is gone. */
    void store(int offset, int bytes, Value value) {
        forget(offset, bytes);
        stack.put(offset, new Slot(value, bytes));
    }

    /** What is in the stack. */
    Value load(int offset, int bytes) {
        Slot slot = stack.get(offset);
        if (slot != null && slot.bytes == bytes) {
            return slot.value;
        }
        Value mixed = Value.ANYTHING;
        for (Map.Entry<Integer, Slot> entry :
                stack.subMap(offset - 8, false, offset + bytes, false).entrySet()) {
            if (entry.getKey() + entry.getValue().bytes > offset) {
                mixed = mixed.withOrigins(entry.getValue().value);
            }
        }
        return mixed;
    }

    /** The kernel or unknown code wrote here. */
    void forget(int offset, int bytes) {
        long end = Math.min((long) offset + bytes, 1);
        if (offset >= end) {
            return;
        }
        for (Integer key :
                stack.subMap(offset - 8, false, (int) end, false).keySet().toArray(new Integer[0])) {
            Slot slot = stack.get(key);
            if (slot != null && key + slot.bytes > offset) {
                stack.remove(key);
            }
        }
    }

    void forgetStack() {
        stack.clear();
    }
}
