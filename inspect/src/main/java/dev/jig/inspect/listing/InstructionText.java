// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.insn.Instruction;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.insn.Register;

/** Instructions in the words of upstream's listings. */
final class InstructionText {
    private static final String[] ARITHMETIC = {
        "Add", "Sub", "Mul", "Div", "Or", "And", "LSh", "RSh", "Neg", "Mod", "Xor", "Mov", "ArSh", "", "", ""
    };
    private static final String[] JUMPS = {
        "Ja", "JEq", "JGT", "JGE", "JSet", "JNE", "JSGT", "JSGE", "Call", "Exit", "JLT", "JLE", "JSLT", "JSLE", "JCond",
        ""
    };
    private static final int FETCH = 1;
    private static final int EXCHANGE = 0xe1;
    private static final int COMPARE_AND_EXCHANGE = 0xf1;

    private InstructionText() {}

    /** The text of an instruction with the name of what it refers to. */
    static String of(ListedInstruction listed) {
        String text = bare(listed);
        return listed.reference().isPresent() ? text + " <" + listed.reference().get() + ">" : text;
    }

    private static String bare(ListedInstruction listed) {
        Instruction instruction = listed.instruction();
        int opcode = instruction.opcode();
        return switch (Opcode.classOf(opcode)) {
            case Opcode.CLASS_ALU, Opcode.CLASS_ALU64 -> arithmetic(instruction);
            case Opcode.CLASS_JMP, Opcode.CLASS_JMP32 -> jump(listed);
            default -> opcode == Opcode.LD_IMM64 ? wide(listed) : memory(instruction);
        };
    }

    private static String register(int number) {
        return number == Register.R10 ? "rfp" : "r" + number;
    }

    private static String wide(ListedInstruction listed) {
        Instruction instruction = listed.instruction();
        String destination = register(instruction.destination());
        return switch (listed.kind()) {
            case MAP -> "LoadMapPtr dst: " + destination + " fd: 0";
            case DATA, CONFIGURATION -> "LoadMapValue dst: " + destination + ", fd: 0 off: " + listed.offset();
            case FUNCTION_POINTER -> "LdImmDW dst: " + destination + " imm: -1";
            default -> "LdImmDW dst: " + destination + " imm: " + instruction.immediate();
        };
    }

    private static String arithmetic(Instruction instruction) {
        int opcode = instruction.opcode();
        boolean narrow = Opcode.classOf(opcode) == Opcode.CLASS_ALU;
        String destination = " dst: " + register(instruction.destination());
        if (Opcode.codeOf(opcode) == Opcode.END) {
            if (!narrow) {
                return "BSwap" + instruction.immediate() + destination + " ";
            }
            return (Opcode.isRegisterSource(opcode) ? "SwapBE" : "SwapLE") + destination + " ";
        }
        boolean register = Opcode.isRegisterSource(opcode);
        return operation(instruction)
                + (register ? "Reg" : "Imm")
                + (narrow ? "32" : "")
                + destination
                + (register ? " src: " + register(instruction.source()) : " imm: " + instruction.immediate());
    }

    private static String operation(Instruction instruction) {
        int code = Opcode.codeOf(instruction.opcode());
        int offset = instruction.offset();
        if (code == Opcode.MOV && offset != 0) {
            return "MovSX" + offset;
        }
        boolean signed = offset == 1 && (code == Opcode.DIV || code == Opcode.MOD);
        return (signed ? "S" : "") + ARITHMETIC[code >> 4];
    }

    private static String jump(ListedInstruction listed) {
        Instruction instruction = listed.instruction();
        int opcode = instruction.opcode();
        boolean narrow = Opcode.classOf(opcode) == Opcode.CLASS_JMP32;
        int code = Opcode.codeOf(opcode);
        if (opcode == Opcode.CALL) {
            return "Call " + callee(listed);
        }
        if (code == Opcode.EXIT_CODE) {
            return "Exit";
        }
        if (code == Opcode.JA) {
            return narrow ? "Ja32 imm: " + instruction.immediate() : "Ja off: " + instruction.offset();
        }
        boolean register = Opcode.isRegisterSource(opcode);
        return JUMPS[code >> 4]
                + (narrow ? "32" : "")
                + (register ? "Reg" : "Imm")
                + " dst: " + register(instruction.destination())
                + " off: " + instruction.offset()
                + (register ? " src: " + register(instruction.source()) : " imm: " + instruction.immediate());
    }

    private static String callee(ListedInstruction listed) {
        long number = listed.instruction().immediate();
        if (listed.kind() == ReferenceKind.KERNEL_FUNCTION) {
            return "Kfunc(" + number + ")";
        }
        if (listed.instruction().source() == PseudoSource.CALL) {
            // Distances are only known once programs are put together.
            return listed.kind() == ReferenceKind.FUNCTION_CALL ? "-1" : String.valueOf(number);
        }
        return Helper.name((int) number)
                .map(name -> "Fn" + camelCase(name.substring("bpf_".length())))
                .orElse("BuiltinFunc(" + number + ")");
    }

    private static String camelCase(String words) {
        StringBuilder text = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                text.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return text.toString();
    }

    private static String memory(Instruction instruction) {
        int opcode = instruction.opcode();
        String name = switch (Opcode.classOf(opcode)) {
            case Opcode.CLASS_LD -> "Ld";
            case Opcode.CLASS_LDX -> "LdX";
            case Opcode.CLASS_ST -> "St";
            default -> "StX";
        };
        String size = size(opcode);
        String destination = " dst: " + register(instruction.destination());
        String source = " src: " + register(instruction.source());
        String immediate = " imm: " + instruction.immediate();
        String offset = " off: " + instruction.offset();
        return switch (Opcode.modeOf(opcode)) {
            case Opcode.MODE_IMM -> name + "Imm" + size + destination + immediate;
            case Opcode.MODE_ABS -> name + "Abs" + size + immediate;
            case Opcode.MODE_IND -> name + "Ind" + size + destination + source + immediate;
            case Opcode.MODE_MEM -> name + "Mem" + size + destination + source + offset + immediate;
            case Opcode.MODE_MEMSX -> name + "MemSX" + size + destination + source + offset + immediate;
            case Opcode.MODE_ATOMIC ->
                name + "Atomic" + atomic((int) instruction.immediate()) + size + destination + source + offset;
            default -> "InvalidOpcode(" + opcode + ")";
        };
    }

    private static String size(int opcode) {
        return switch (Opcode.sizeOf(opcode)) {
            case Opcode.SIZE_B -> "B";
            case Opcode.SIZE_H -> "H";
            case Opcode.SIZE_W -> "W";
            default -> "DW";
        };
    }

    private static String atomic(int operation) {
        if (operation == EXCHANGE) {
            return "Xchg";
        }
        if (operation == COMPARE_AND_EXCHANGE) {
            return "CmpXchg";
        }
        String fetch = (operation & FETCH) != 0 ? "Fetch" : "";
        return switch (operation & ~FETCH) {
            case Opcode.ADD -> fetch + "Add";
            case Opcode.AND -> fetch + "And";
            case Opcode.OR -> fetch + "Or";
            case Opcode.XOR -> fetch + "Xor";
            default -> "(" + operation + ")";
        };
    }
}
