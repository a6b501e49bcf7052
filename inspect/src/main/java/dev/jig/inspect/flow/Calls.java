// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.object.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What calls do: helpers, kernel functions, functions of the program, and functions that these call back. */
final class Calls {
    /** Bytes from any place of a stack to its end. */
    private static final int REST_OF_STACK = 512;

    private static final int LAST_ARGUMENT = Register.R5;

    private final ProgramModel model;
    private final Bytecode code;
    private final Memory memory;
    private final ActivationTable activations;
    private final Recorder recorder;
    private final boolean recording;
    private final HelperEffects effects;

    Calls(
            ProgramModel model,
            Memory memory,
            ActivationTable activations,
            HelperEffects effects,
            Recorder recorder,
            boolean recording) {
        this.model = model;
        this.code = model.code;
        this.memory = memory;
        this.activations = activations;
        this.effects = effects;
        this.recorder = recorder;
        this.recording = recording;
    }

    void call(Activation activation, MachineState state, int slot) {
        Value result = code.isFunctionCall(slot)
                ? callFunction(activation, state, slot)
                : code.isHelperCall(slot) ? callHelper(activation, state, slot) : callKernel(activation, state, slot);
        for (int register = Register.R1; register <= LAST_ARGUMENT; register++) {
            state.registers[register] = Value.NOTHING;
        }
        state.registers[Register.R0] = result;
    }

    private Value callFunction(Activation activation, MachineState state, int slot) {
        Optional<Integer> function = model.functionAt(slot + 1 + code.immediate(slot));
        if (function.isEmpty()) {
            return Value.ANYTHING;
        }
        Activation callee = activations.called(activation, slot, function.get());
        for (int register = Register.R1; register <= LAST_ARGUMENT; register++) {
            activations.pass(callee, register, state.registers[register]);
        }
        return callee.result;
    }

    private Value callHelper(Activation activation, MachineState state, int slot) {
        int number = code.immediate(slot);
        if (recording) {
            recorder.helper(number, slot);
        }
        Optional<HelperEffect> known = effects.find(number);
        if (known.isEmpty()) {
            String name = Helper.name(number).orElse("helper " + number);
            touchEverything(activation, state, slot, name);
            return Value.from(name);
        }
        HelperEffect effect = known.get();
        touch(activation, state, slot, effect, effects.arguments(number));
        if (effect.callbackArgument() != 0) {
            callBack(activation, state, slot, number, effect);
        }
        if (!effect.hasMap()) {
            return Value.from(Helper.name(number).orElse(""));
        }
        Value map = state.registers[effect.mapArgument()];
        record(activation, slot, effect.label(), map);
        return result(effect, number, map);
    }

    private Value result(HelperEffect effect, int number, Value map) {
        if (effect.result() == HelperEffect.Result.NUMBER) {
            return Value.from(Helper.name(number).orElse(""));
        }
        Value result = Value.of(0L);
        for (Target target : map.targets()) {
            if (target instanceof Target.Map found) {
                result = result.join(Value.of(pointed(effect, found.name())));
            }
        }
        return (map.other() || map.targets().isEmpty() ? result.join(Value.ANYTHING) : result)
                .withOrigin(Helper.name(number).orElse(""));
    }

    private Target pointed(HelperEffect effect, String map) {
        if (effect.result() == HelperEffect.Result.RING_RECORD) {
            return new Target.RingRecord(map);
        }
        return model.isMapOfMaps(map) ? new Target.Map(innerName(map)) : new Target.MapValue(map, 0);
    }

    /** Stands for the maps that a map holds. */
    static String innerName(String map) {
        return map + "[]";
    }

    private void record(Activation activation, int slot, String label, Value map) {
        if (!recording) {
            return;
        }
        for (Target target : map.targets()) {
            switch (target) {
                case Target.Map found -> recorder.use(activation.id, slot, found.name(), "", label);
                case Target.MapValue value -> recorder.use(activation.id, slot, value.name(), "", label);
                case Target.RingRecord made -> recorder.use(activation.id, slot, made.map(), "", label);
                case Target.Data data -> recorder.use(activation.id, slot, data.section(), data.variable(), label);
                case Target.Stack ignored -> recorder.unknown(activation.id, slot, label);
                case Target.Function ignored -> recorder.unknown(activation.id, slot, label);
                case Target.Context ignored -> recorder.unknown(activation.id, slot, label);
                case Target.ContextField ignored -> recorder.unknown(activation.id, slot, label);
            }
        }
        if (map.other() || map.targets().isEmpty()) {
            recorder.unknown(activation.id, slot, label);
        }
    }

    /** Memory that a helper reads and writes by its arguments. */
    private void touch(Activation activation, MachineState state, int slot, HelperEffect effect, int count) {
        for (int register = Register.R1; register < Register.R1 + count; register++) {
            Value argument = state.registers[register];
            if (register == effect.writtenArgument()) {
                memory.clobber(activation, state, slot, argument, size(state, effect));
            } else if (register != effect.mapArgument()) {
                memory.read(activation, slot, argument);
            }
        }
    }

    private static int size(MachineState state, HelperEffect effect) {
        Value size = effect.sizeArgument() == 0 ? Value.ANYTHING : state.registers[effect.sizeArgument()];
        long most = -1;
        for (long number : size.numbers()) {
            most = Math.max(most, number);
        }
        return size.isKnownNumber() && most >= 0 ? (int) Math.min(most, REST_OF_STACK) : REST_OF_STACK;
    }

    private void touchEverything(Activation activation, MachineState state, int slot, String label) {
        for (int register = Register.R1; register <= LAST_ARGUMENT; register++) {
            Value argument = state.registers[register];
            memory.read(activation, slot, argument);
            memory.clobber(activation, state, slot, argument, REST_OF_STACK);
            for (Target target : argument.targets()) {
                if (target instanceof Target.Function function) {
                    callWithAnything(activation, slot, function);
                } else if (recording && target instanceof Target.Map map) {
                    recorder.use(activation.id, slot, map.name(), "", label);
                }
            }
        }
    }

    private void callWithAnything(Activation activation, int slot, Target.Function function) {
        model.functionAt(function.slot()).ifPresent(index -> {
            Activation callee = activations.called(activation, slot, index);
            for (int register = Register.R1; register <= LAST_ARGUMENT; register++) {
                activations.pass(callee, register, Value.ANYTHING);
            }
        });
    }

    /** A helper calls a function of the program, with arguments that depend on the helper (kernel: {@code set_*_callback_state}). */
    private void callBack(Activation activation, MachineState state, int slot, int number, HelperEffect effect) {
        Value callback = state.registers[effect.callbackArgument()];
        Value context = effect.contextArgument() == 0 ? Value.ANYTHING : state.registers[effect.contextArgument()];
        for (Target target : callback.targets()) {
            if (target instanceof Target.Function function) {
                Optional<Integer> index = model.functionAt(function.slot());
                if (index.isPresent()) {
                    Activation callee = activations.called(activation, slot, index.get());
                    List<Value> arguments = arguments(number, state, effect, context);
                    for (int i = 0; i < arguments.size(); i++) {
                        activations.pass(callee, Register.R1 + i, arguments.get(i));
                    }
                }
            }
        }
        if (recording && (callback.other() || callback.targets().isEmpty())) {
            recorder.unknown(activation.id, slot, "Callback");
        }
    }

    private static List<Value> arguments(int number, MachineState state, HelperEffect effect, Value context) {
        String name = Helper.name(number).orElse("");
        if (name.equals("bpf_for_each_map_elem") || name.equals("bpf_timer_set_callback")) {
            Value map = state.registers[effect.mapArgument()];
            List<Target> maps = new ArrayList<>();
            List<Target> values = new ArrayList<>();
            for (Target target : map.targets()) {
                String mapName = target instanceof Target.Map found
                        ? found.name()
                        : target instanceof Target.MapValue value ? value.name() : "";
                if (!mapName.isEmpty()) {
                    maps.add(new Target.Map(mapName));
                    values.add(new Target.MapValue(mapName, 0));
                }
            }
            return List.of(
                    new Value(List.copyOf(maps), List.of(), map.other(), List.of()),
                    Value.ANYTHING,
                    new Value(List.copyOf(values), List.of(), map.other(), List.of()),
                    context);
        }
        return name.equals("bpf_find_vma")
                ? List.of(Value.ANYTHING, Value.ANYTHING, context)
                : List.of(Value.ANYTHING, context);
    }

    private Value callKernel(Activation activation, MachineState state, int slot) {
        String name = model.reference(slot).orElse(null) instanceof Reference.ToKernelFunction function
                ? function.name()
                : "call " + code.immediate(slot);
        if (recording && code.source(slot) == PseudoSource.KERNEL_FUNCTION_CALL) {
            recorder.kernelFunction(name, slot);
        }
        touchEverything(activation, state, slot, name);
        return Value.from(name);
    }
}
