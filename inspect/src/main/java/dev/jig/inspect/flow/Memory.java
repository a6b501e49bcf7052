// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;

/** Loads and stores through pointers to stacks, values of maps, and variables. */
final class Memory {
    /** The kernel's {@code MAX_BPF_STACK}; also stands for places that are not known. */
    private static final int LOWEST = -512;

    private final ProgramModel model;
    private final ActivationTable activations;
    private final Recording recording;

    /** Who is told about uses: nobody while values are still being found out. */
    interface Recording {
        void use(int activation, int slot, String map, String variable, String label);
    }

    Memory(ProgramModel model, ActivationTable activations, Recording recording) {
        this.model = model;
        this.activations = activations;
        this.recording = recording;
    }

    Value load(Activation activation, MachineState state, int slot, Target target, int bytes) {
        return switch (target) {
            case Target.Stack stack -> loadStack(activation, state, stack, bytes);
            case Target.MapValue value -> {
                recording.use(activation.id, slot, value.name(), "", "Read");
                yield Value.from("value of " + value.name());
            }
            case Target.Data data -> loadData(activation, slot, data, bytes);
            case Target.Context context ->
                context.offset() == Target.ANYWHERE
                        ? Value.ANYTHING
                        : Value.of(new Target.ContextField(context.offset()));
            case Target.Map ignored -> Value.ANYTHING;
            case Target.Function ignored -> Value.ANYTHING;
            case Target.RingRecord ignored -> Value.ANYTHING;
            case Target.ContextField ignored -> Value.ANYTHING;
        };
    }

    private Value loadData(Activation activation, int slot, Target.Data data, int bytes) {
        recording.use(activation.id, slot, data.section(), data.variable(), "Read");
        OptionalLong constant = model.constant(data, bytes);
        if (constant.isPresent()) {
            return Value.of(constant.getAsLong()).withOrigin(data.variable());
        }
        return data.variable().isEmpty() ? Value.ANYTHING : Value.from(data.variable());
    }

    private Value loadStack(Activation activation, MachineState state, Target.Stack stack, int bytes) {
        Activation owner = activations.get(stack.activation());
        if (stack.offset() == Target.ANYWHERE) {
            return everything(owner);
        }
        Value value = owner == activation ? state.load(stack.offset(), bytes) : Value.NOTHING;
        if (owner != activation) {
            value = around(owner.stored, stack.offset(), bytes);
        }
        Value written = owner.foreign.containsKey(LOWEST) ? Value.ANYTHING : Value.NOTHING;
        return value.join(written).join(around(owner.foreign, stack.offset(), bytes));
    }

    /** What was stored at exactly this place, and anything if something overlaps it. */
    private static Value around(NavigableMap<Integer, Value> stored, int offset, int bytes) {
        Value value = stored.getOrDefault(offset, Value.NOTHING);
        for (Map.Entry<Integer, Value> entry :
                stored.subMap(offset - 8, false, offset + bytes, false).entrySet()) {
            if (entry.getKey() != offset) {
                value = value.join(Value.ANYTHING.withOrigins(entry.getValue()));
            }
        }
        return value;
    }

    private static Value everything(Activation owner) {
        Value all = Value.ANYTHING;
        for (Value value : owner.stored.values()) {
            all = all.join(value);
        }
        for (Value value : owner.foreign.values()) {
            all = all.join(value);
        }
        return all;
    }

    void store(
            Activation activation,
            MachineState state,
            int slot,
            Target target,
            int bytes,
            Value value,
            boolean certain,
            boolean atomic) {
        String label = atomic ? "Atomic" : "Write";
        switch (target) {
            case Target.Stack stack -> storeStack(activation, state, stack, bytes, value, certain);
            case Target.MapValue element -> recording.use(activation.id, slot, element.name(), "", label);
            case Target.Data data -> recording.use(activation.id, slot, data.section(), data.variable(), label);
            case Target.Map ignored -> {}
            case Target.Function ignored -> {}
            case Target.RingRecord ignored -> {}
            case Target.Context ignored -> storeOutside(activation, slot);
            case Target.ContextField ignored -> storeOutside(activation, slot);
        }
    }

    /** A store to memory that is neither stack nor map, such as a packet or the context. */
    void storeOutside(Activation activation, int slot) {
        recording.use(activation.id, slot, Recorder.OUTSIDE, "", "Write");
    }

    /** A load through a pointer that the context holds. */
    void dereference(Activation activation, int slot, int offset) {
        recording.use(activation.id, slot, Recorder.OUTSIDE, String.valueOf(offset), Recorder.DEREFERENCE);
    }

    private void storeStack(
            Activation activation, MachineState state, Target.Stack stack, int bytes, Value value, boolean certain) {
        Activation owner = activations.get(stack.activation());
        if (owner != activation) {
            // Which of several places was meant, or how often, does not matter: it is added to what is there.
            activations.addForeign(owner, Math.max(stack.offset(), LOWEST), value);
            return;
        }
        if (stack.offset() == Target.ANYWHERE) {
            state.forgetStack();
            return;
        }
        Value stored = certain ? value : value.join(state.load(stack.offset(), bytes));
        state.store(stack.offset(), bytes, stored);
        activations.addStored(owner, stack.offset(), value);
    }

    /** The kernel or unknown code may write to memory that a pointer leads to. */
    void clobber(Activation activation, MachineState state, int slot, Value pointer, int bytes) {
        for (Target target : pointer.targets()) {
            if (target instanceof Target.Stack stack) {
                Activation owner = activations.get(stack.activation());
                if (owner != activation) {
                    for (int at = Math.max(stack.offset(), LOWEST);
                            at < Math.min(0L, (long) stack.offset() + bytes);
                            at += 8) {
                        activations.addForeign(owner, at, Value.ANYTHING);
                    }
                } else if (stack.offset() == Target.ANYWHERE) {
                    state.forgetStack();
                } else {
                    state.forget(stack.offset(), bytes);
                }
            } else if (target instanceof Target.MapValue value) {
                recording.use(activation.id, slot, value.name(), "", "Write");
            } else if (target instanceof Target.Data data) {
                recording.use(activation.id, slot, data.section(), data.variable(), "Write");
            }
        }
    }

    /** A helper reads memory that a pointer leads to. */
    void read(Activation activation, int slot, Value pointer) {
        for (Target target : pointer.targets()) {
            if (target instanceof Target.MapValue value) {
                recording.use(activation.id, slot, value.name(), "", "Read");
            } else if (target instanceof Target.Data data) {
                recording.use(activation.id, slot, data.section(), data.variable(), "Read");
            }
        }
    }
}
