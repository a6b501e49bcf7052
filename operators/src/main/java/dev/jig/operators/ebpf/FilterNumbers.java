// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Label;
import dev.jig.bpf.insn.Opcode;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.filter.Comparison;
import dev.jig.datasource.filter.NumberComparison;
import dev.jig.datasource.filter.NumberMembership;
import java.nio.ByteOrder;

/** Instructions that compare numbers of a record. */
final class FilterNumbers {
    /** Up to so many values are compared one after the other. */
    private static final int FEW = 4;

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final Assembler code;
    private final OutputSite site;
    private final Label keep;

    FilterNumbers(Assembler code, OutputSite site, Label keep) {
        this.code = code;
        this.site = site;
        this.keep = keep;
    }

    /** Keeps records of fewer bytes. */
    void requireSent(int bytes) {
        if (site.isSized()) {
            code.add(Instructions.jumpIfImmediate(Opcode.JLT, site.size(), bytes), keep);
        }
    }

    /** Loads an unsigned number of 1, 2, 4 or 8 bytes. */
    void load(int width, int offset) {
        int size = switch (width) {
            case 1 -> Opcode.SIZE_B;
            case 2 -> Opcode.SIZE_H;
            case 4 -> Opcode.SIZE_W;
            default -> Opcode.SIZE_DW;
        };
        code.add(Instructions.load(size, site.scratch(), site.data(), offset));
    }

    /** Some bytes as the number that a load makes of them. */
    static int number(byte[] bytes, int at, int width) {
        int number = 0;
        for (int i = 0; i < width; i++) {
            int place = LITTLE ? i : width - 1 - i;
            number |= (bytes[at + i] & 0xff) << (place * Byte.SIZE);
        }
        return number;
    }

    /** Goes to {@code target} if the comparison holds or not, as it is wanted. */
    void compare(NumberComparison number, boolean wanted, Label target) {
        Field field = number.reader().field();
        Comparison comparison = wanted ? number.comparison() : negated(number.comparison());
        boolean signed = field.kind().isSigned();
        requireSent(field.offset() + field.kind().width());
        if (field.kind().width() == Long.BYTES && !isImmediate(number.value(), signed, comparison)) {
            compareHalves(field.offset(), number.value(), comparison, signed, target);
            return;
        }
        loadExtended(field);
        jump(condition(comparison, signed), field.kind(), (int) number.value(), target);
    }

    /** Whether the sign extension of 32 bits gives the number, and one that is in the same place of the order. */
    private static boolean isImmediate(long value, boolean signed, Comparison comparison) {
        boolean ordered = comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL;
        return value == (int) value && (signed || !ordered || value >= 0);
    }

    private void loadExtended(Field field) {
        Kind kind = field.kind();
        load(kind.width(), field.offset());
        if (kind.isSigned() && kind.width() < Integer.BYTES) {
            int unused = Long.SIZE - kind.width() * Byte.SIZE;
            code.add(Instructions.arithmeticImmediate(Opcode.LSH, site.scratch(), unused));
            code.add(Instructions.arithmeticImmediate(Opcode.ARSH, site.scratch(), unused));
        }
    }

    private void jump(int condition, Kind kind, int value, Label target) {
        code.add(
                kind.width() == Integer.BYTES
                        ? Instructions.jumpIfImmediate32(condition, site.scratch(), value)
                        : Instructions.jumpIfImmediate(condition, site.scratch(), value),
                target);
    }

    /** Compares the upper halves and, where they are equal, the lower ones. */
    private void compareHalves(int offset, long value, Comparison comparison, boolean signed, Label target) {
        Label on = code.label("on");
        int upper = (int) (value >>> Integer.SIZE);
        load(Integer.BYTES, LITTLE ? offset + Integer.BYTES : offset);
        switch (comparison) {
            case EQUAL -> jump32(Opcode.JNE, upper, on);
            case NOT_EQUAL -> jump32(Opcode.JNE, upper, target);
            case LESS, LESS_OR_EQUAL -> {
                jump32(signed ? Opcode.JSLT : Opcode.JLT, upper, target);
                jump32(Opcode.JNE, upper, on);
            }
            case GREATER, GREATER_OR_EQUAL -> {
                jump32(signed ? Opcode.JSGT : Opcode.JGT, upper, target);
                jump32(Opcode.JNE, upper, on);
            }
        }
        load(Integer.BYTES, LITTLE ? offset : offset + Integer.BYTES);
        jump32(condition(comparison, false), (int) value, target);
        code.place(on);
    }

    private void jump32(int condition, int value, Label target) {
        code.add(Instructions.jumpIfImmediate32(condition, site.scratch(), value), target);
    }

    private static int condition(Comparison comparison, boolean signed) {
        return switch (comparison) {
            case EQUAL -> Opcode.JEQ;
            case NOT_EQUAL -> Opcode.JNE;
            case LESS -> signed ? Opcode.JSLT : Opcode.JLT;
            case LESS_OR_EQUAL -> signed ? Opcode.JSLE : Opcode.JLE;
            case GREATER -> signed ? Opcode.JSGT : Opcode.JGT;
            case GREATER_OR_EQUAL -> signed ? Opcode.JSGE : Opcode.JGE;
        };
    }

    private static Comparison negated(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> Comparison.NOT_EQUAL;
            case NOT_EQUAL -> Comparison.EQUAL;
            case LESS -> Comparison.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Comparison.GREATER;
            case GREATER -> Comparison.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Comparison.LESS;
        };
    }

    /** Goes to {@code target} if a number is one of some, or not, as it is wanted. */
    void search(NumberMembership members, boolean wanted, Label target) {
        Field field = members.reader().field();
        requireSent(field.offset() + field.kind().width());
        loadExtended(field);
        Label on = code.label("on");
        long[] values = members.values();
        search(field.kind(), values, 0, values.length, wanted ? target : on, wanted ? on : target);
        code.place(on);
    }

    /** Halves the values, which are in order, until few are left. */
    private void search(Kind kind, long[] values, int from, int to, Label found, Label missing) {
        if (to - from <= FEW) {
            for (int i = from; i < to; i++) {
                jump(Opcode.JEQ, kind, (int) values[i], found);
            }
            code.add(Instructions.jump(), missing);
            return;
        }
        int middle = (from + to) >>> 1;
        Label larger = code.label("larger");
        jump(kind.isSigned() ? Opcode.JSGE : Opcode.JGE, kind, (int) values[middle], larger);
        search(kind, values, from, middle, found, missing);
        code.place(larger);
        search(kind, values, middle, to, found, missing);
    }
}
