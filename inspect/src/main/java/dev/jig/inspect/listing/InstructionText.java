// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.insn.Instruction;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.insn.Register;
import java.util.HashMap;
import java.util.Map;

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

    private final StringBuilder out;
    private final Map<Integer, String> helpers = new HashMap<>();

    /** Appends to a text that is the caller's. */
    InstructionText(StringBuilder out) {
        this.out = out;
    }

    /** Appends an instruction with the name of what it refers to. */
    void append(ListedInstruction listed) {
        Instruction instruction = listed.instruction();
        int opcode = instruction.opcode();
        switch (Opcode.classOf(opcode)) {
            case Opcode.CLASS_ALU, Opcode.CLASS_ALU64 -> arithmetic(instruction);
            case Opcode.CLASS_JMP, Opcode.CLASS_JMP32 -> jump(listed);
            default -> {
                if (opcode == Opcode.LD_IMM64) {
                    wide(listed);
                } else {
                    memory(instruction);
                }
            }
        }
        if (listed.reference().isPresent()) {
            out.append(" <").append(listed.reference().get()).append('>');
        }
    }

    private void register(int number) {
        if (number == Register.R10) {
            out.append("rfp");
        } else {
            out.append('r').append(number);
        }
    }

    private void destination(Instruction instruction) {
        out.append(" dst: ");
        register(instruction.destination());
    }

    private void source(Instruction instruction) {
        out.append(" src: ");
        register(instruction.source());
    }

    private void immediate(Instruction instruction) {
        out.append(" imm: ").append(instruction.immediate());
    }

    private void offset(Instruction instruction) {
        out.append(" off: ").append(instruction.offset());
    }

    private void wide(ListedInstruction listed) {
        Instruction instruction = listed.instruction();
        out.append(
                switch (listed.kind()) {
                    case MAP -> "LoadMapPtr";
                    case DATA, CONFIGURATION -> "LoadMapValue";
                    default -> "LdImmDW";
                });
        destination(instruction);
        switch (listed.kind()) {
            case MAP -> out.append(" fd: 0");
            case DATA, CONFIGURATION -> out.append(", fd: 0 off: ").append(listed.offset());
            case FUNCTION_POINTER -> out.append(" imm: -1");
            default -> immediate(instruction);
        }
    }

    private void arithmetic(Instruction instruction) {
        int opcode = instruction.opcode();
        boolean narrow = Opcode.classOf(opcode) == Opcode.CLASS_ALU;
        boolean register = Opcode.isRegisterSource(opcode);
        if (Opcode.codeOf(opcode) == Opcode.END) {
            if (narrow) {
                out.append(register ? "SwapBE" : "SwapLE");
            } else {
                out.append("BSwap").append(instruction.immediate());
            }
            destination(instruction);
            out.append(' ');
            return;
        }
        operation(instruction);
        operands(register, narrow);
        destination(instruction);
        sourceOrImmediate(register, instruction);
    }

    private void operands(boolean register, boolean narrow) {
        out.append(register ? "Reg" : "Imm").append(narrow ? "32" : "");
    }

    private void sourceOrImmediate(boolean register, Instruction instruction) {
        if (register) {
            source(instruction);
        } else {
            immediate(instruction);
        }
    }

    private void operation(Instruction instruction) {
        int code = Opcode.codeOf(instruction.opcode());
        int offset = instruction.offset();
        if (code == Opcode.MOV && offset != 0) {
            out.append("MovSX").append(offset);
            return;
        }
        boolean signed = offset == 1 && (code == Opcode.DIV || code == Opcode.MOD);
        out.append(signed ? "S" : "").append(ARITHMETIC[code >> 4]);
    }

    private void jump(ListedInstruction listed) {
        Instruction instruction = listed.instruction();
        int opcode = instruction.opcode();
        boolean narrow = Opcode.classOf(opcode) == Opcode.CLASS_JMP32;
        int code = Opcode.codeOf(opcode);
        if (opcode == Opcode.CALL) {
            call(listed);
        } else if (code == Opcode.EXIT_CODE) {
            out.append("Exit");
        } else if (code == Opcode.JA) {
            out.append(narrow ? "Ja32" : "Ja");
            if (narrow) {
                immediate(instruction);
            } else {
                offset(instruction);
            }
        } else {
            boolean register = Opcode.isRegisterSource(opcode);
            out.append(JUMPS[code >> 4]);
            operands(register, narrow);
            destination(instruction);
            offset(instruction);
            sourceOrImmediate(register, instruction);
        }
    }

    private void call(ListedInstruction listed) {
        int number = (int) listed.instruction().immediate();
        out.append("Call ");
        if (listed.kind() == ReferenceKind.KERNEL_FUNCTION) {
            out.append("Kfunc(").append(number).append(')');
        } else if (listed.instruction().source() == PseudoSource.CALL) {
            // Distances are only known once programs are put together.
            out.append(listed.kind() == ReferenceKind.FUNCTION_CALL ? -1 : number);
        } else {
            out.append(helpers.computeIfAbsent(number, InstructionText::helper));
        }
    }

    private static String helper(int number) {
        return Helper.name(number)
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

    private void memory(Instruction instruction) {
        int opcode = instruction.opcode();
        int mode = Opcode.modeOf(opcode);
        String modeName = switch (mode) {
            case Opcode.MODE_IMM -> "Imm";
            case Opcode.MODE_ABS -> "Abs";
            case Opcode.MODE_IND -> "Ind";
            case Opcode.MODE_MEM -> "Mem";
            case Opcode.MODE_MEMSX -> "MemSX";
            case Opcode.MODE_ATOMIC -> "Atomic";
            default -> "";
        };
        if (modeName.isEmpty()) {
            out.append("InvalidOpcode(").append(opcode).append(')');
            return;
        }
        out.append(
                switch (Opcode.classOf(opcode)) {
                    case Opcode.CLASS_LD -> "Ld";
                    case Opcode.CLASS_LDX -> "LdX";
                    case Opcode.CLASS_ST -> "St";
                    default -> "StX";
                });
        out.append(modeName);
        boolean atomic = mode == Opcode.MODE_ATOMIC;
        if (atomic) {
            atomic((int) instruction.immediate());
        }
        out.append(size(opcode));
        if (mode != Opcode.MODE_ABS) {
            destination(instruction);
        }
        if (mode != Opcode.MODE_ABS && mode != Opcode.MODE_IMM) {
            source(instruction);
        }
        if (atomic || mode == Opcode.MODE_MEM || mode == Opcode.MODE_MEMSX) {
            offset(instruction);
        }
        if (!atomic) {
            immediate(instruction);
        }
    }

    private static String size(int opcode) {
        return switch (Opcode.sizeOf(opcode)) {
            case Opcode.SIZE_B -> "B";
            case Opcode.SIZE_H -> "H";
            case Opcode.SIZE_W -> "W";
            default -> "DW";
        };
    }

    private void atomic(int operation) {
        if (operation == EXCHANGE) {
            out.append("Xchg");
            return;
        }
        if (operation == COMPARE_AND_EXCHANGE) {
            out.append("CmpXchg");
            return;
        }
        out.append((operation & FETCH) != 0 ? "Fetch" : "");
        switch (operation & ~FETCH) {
            case Opcode.ADD -> out.append("Add");
            case Opcode.AND -> out.append("And");
            case Opcode.OR -> out.append("Or");
            case Opcode.XOR -> out.append("Xor");
            default -> out.append('(').append(operation).append(')');
        }
    }
}
