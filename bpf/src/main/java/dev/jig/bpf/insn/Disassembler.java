// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Instructions as text in the style of the kernel's verifier log (kernel: {@code kernel/bpf/disasm.c}), without the opcode in front. */
public final class Disassembler {
    private static final String[] ARITHMETIC = {
        "+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "neg", "%=", "^=", "=", "s>>=", "endian", "?", "?"
    };
    private static final String[] CONDITIONS = {
        "jmp", "==", ">", ">=", "&", "!=", "s>", "s>=", "call", "exit", "<", "<=", "s<", "s<=", "?", "?"
    };
    private static final int ADDRESS_SPACE_CAST = 1;
    private static final int PER_CPU_ADDRESS = -1;

    private final Bytecode code;
    private final Operands operands;

    /** Disassembles code without names. */
    public Disassembler(Bytecode code) {
        this(code, Operands.none());
    }

    /** Disassembles code with names for what it refers to. */
    public Disassembler(Bytecode code, Operands operands) {
        this.code = requireNonNull(code, "code");
        this.operands = requireNonNull(operands, "operands");
    }

    /** All instructions, one a line, each with its slot in front. */
    public String listing() {
        StringBuilder text = new StringBuilder();
        for (int slot = 0; slot < code.slots(); slot++) {
            text.append(slot).append(": ").append(text(slot)).append('\n');
            slot += code.isWide(slot) ? 1 : 0;
        }
        return text.toString();
    }

    /** The instruction that starts in a slot. */
    public String text(int slot) {
        int opcode = code.opcode(slot);
        return switch (Opcode.classOf(opcode)) {
            case Opcode.CLASS_ALU, Opcode.CLASS_ALU64 -> arithmetic(slot, opcode);
            case Opcode.CLASS_JMP, Opcode.CLASS_JMP32 -> jump(slot, opcode);
            case Opcode.CLASS_LDX -> load(slot, opcode);
            case Opcode.CLASS_ST -> storeImmediate(slot, opcode);
            case Opcode.CLASS_STX -> store(slot, opcode);
            default -> special(slot, opcode);
        };
    }

    private static String unknown(int opcode) {
        return "BUG_" + (opcode < 16 ? "0" : "") + Integer.toHexString(opcode);
    }

    private String arithmetic(int slot, int opcode) {
        boolean wide = Opcode.classOf(opcode) == Opcode.CLASS_ALU64;
        String destination = (wide ? "r" : "w") + code.destination(slot);
        String source = (wide ? "r" : "w") + code.source(slot);
        int operation = Opcode.codeOf(opcode);
        int offset = code.offset(slot);
        if (operation == Opcode.END) {
            return swap(slot, opcode, wide);
        }
        if (operation == Opcode.NEG) {
            return destination + " = -" + destination;
        }
        if (operation == Opcode.MOV && wide && Opcode.isRegisterSource(opcode) && offset == ADDRESS_SPACE_CAST) {
            int spaces = code.immediate(slot);
            return destination + " = addr_space_cast(" + source + ", " + (spaces >>> 16) + ", " + (spaces & 0xffff)
                    + ")";
        }
        if (operation == Opcode.MOV && wide && Opcode.isRegisterSource(opcode) && offset == PER_CPU_ADDRESS) {
            return destination + " = &(void __percpu *)(" + source + ")";
        }
        boolean signed = offset == 1 && (operation == Opcode.DIV || operation == Opcode.MOD);
        String operator = (signed ? "s" : "") + ARITHMETIC[operation >> 4];
        if (!Opcode.isRegisterSource(opcode)) {
            return destination + " " + operator + " " + code.immediate(slot);
        }
        String extension = operation == Opcode.MOV && offset != 0 ? "(s" + offset + ")" : "";
        return destination + " " + operator + " " + extension + source;
    }

    private String swap(int slot, int opcode, boolean unconditional) {
        String register = "r" + code.destination(slot);
        String name = unconditional ? "bswap" : Opcode.isRegisterSource(opcode) ? "be" : "le";
        return register + " = " + name + code.immediate(slot) + " " + register;
    }

    private String jump(int slot, int opcode) {
        boolean wide = Opcode.classOf(opcode) == Opcode.CLASS_JMP;
        return switch (Opcode.codeOf(opcode)) {
            case Opcode.CALL_CODE -> call(slot, opcode);
            case Opcode.EXIT_CODE -> "exit";
            case Opcode.JA -> {
                if (Opcode.isRegisterSource(opcode)) {
                    yield "gotox r" + code.destination(slot);
                }
                yield wide ? "goto pc" + signed(code.offset(slot)) : "gotol pc" + signed(code.immediate(slot));
            }
            case Opcode.JCOND -> "may_goto pc" + signed(code.offset(slot));
            default -> condition(slot, opcode, wide ? "r" : "w");
        };
    }

    private String condition(int slot, int opcode, String prefix) {
        String operand = Opcode.isRegisterSource(opcode)
                ? prefix + code.source(slot)
                : "0x" + Integer.toHexString(code.immediate(slot));
        return "if " + prefix + code.destination(slot) + " " + CONDITIONS[Opcode.codeOf(opcode) >> 4] + " " + operand
                + " goto pc" + signed(code.offset(slot));
    }

    private String call(int slot, int opcode) {
        int number = code.immediate(slot);
        if (Opcode.isRegisterSource(opcode)) {
            return "callx r" + code.destination(slot);
        }
        if (code.source(slot) == PseudoSource.CALL) {
            return "call pc" + signed(number);
        }
        Optional<String> name = operands.call(slot);
        if (name.isEmpty()) {
            name = code.source(slot) == PseudoSource.KERNEL_FUNCTION_CALL
                    ? Optional.of("kernel-function")
                    : Helper.name(number);
        }
        return "call " + name.orElse("unknown") + "#" + number;
    }

    private static String signed(int number) {
        return number < 0 ? String.valueOf(number) : "+" + number;
    }

    private static String width(String letter, int opcode) {
        return letter + Opcode.accessBytes(opcode) * Byte.SIZE;
    }

    private String memory(String type, int register, int slot) {
        return "(" + type + " *)(r" + register + " " + signed(code.offset(slot)) + ")";
    }

    private String load(int slot, int opcode) {
        int mode = Opcode.modeOf(opcode);
        if (mode != Opcode.MODE_MEM && mode != Opcode.MODE_MEMSX) {
            return unknown(opcode);
        }
        String type = width(mode == Opcode.MODE_MEMSX ? "s" : "u", opcode);
        return "r" + code.destination(slot) + " = *" + memory(type, code.source(slot), slot);
    }

    private String storeImmediate(int slot, int opcode) {
        if (Opcode.modeOf(opcode) != Opcode.MODE_MEM) {
            return Opcode.modeOf(opcode) == Opcode.MODE_ATOMIC ? "nospec" : unknown(opcode);
        }
        return "*" + memory(width("u", opcode), code.destination(slot), slot) + " = " + code.immediate(slot);
    }

    private String store(int slot, int opcode) {
        if (Opcode.modeOf(opcode) == Opcode.MODE_ATOMIC) {
            return new AtomicText(code, slot).text();
        }
        if (Opcode.modeOf(opcode) != Opcode.MODE_MEM) {
            return unknown(opcode);
        }
        return "*" + memory(width("u", opcode), code.destination(slot), slot) + " = r" + code.source(slot);
    }

    private String special(int slot, int opcode) {
        if (opcode == Opcode.LD_IMM64) {
            return "r" + code.destination(slot) + " = " + operands.load(slot).orElseGet(() -> immediate(slot));
        }
        String type = width("u", opcode);
        return switch (Opcode.modeOf(opcode)) {
            case Opcode.MODE_ABS -> "r0 = *(" + type + " *)skb[" + code.immediate(slot) + "]";
            case Opcode.MODE_IND ->
                "r0 = *(" + type + " *)skb[r" + code.source(slot) + " + " + code.immediate(slot) + "]";
            default -> unknown(opcode);
        };
    }

    private String immediate(int slot) {
        if (slot + 1 >= code.slots()) {
            return "?";
        }
        int first = code.immediate(slot);
        int second = code.immediate(slot + 1);
        return switch (code.source(slot)) {
            case PseudoSource.MAP_FD -> "map[fd:" + first + "]";
            case PseudoSource.MAP_VALUE -> "map[fd:" + first + "][0]+" + Integer.toUnsignedString(second);
            case PseudoSource.MAP_INDEX -> "map[idx:" + first + "]";
            case PseudoSource.MAP_INDEX_VALUE -> "map[idx:" + first + "]+" + Integer.toUnsignedString(second);
            case PseudoSource.BTF_ID -> "btf[id:" + first + "]";
            case PseudoSource.FUNCTION -> "subprog[" + signed(first) + "]";
            default -> "0x" + Long.toHexString(code.wideImmediate(slot));
        };
    }
}
