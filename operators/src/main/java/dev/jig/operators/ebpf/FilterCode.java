// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.InstructionException;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Label;
import dev.jig.bpf.insn.Opcode;
import dev.jig.datasource.BytePattern;
import dev.jig.datasource.Field;
import dev.jig.datasource.filter.AllOf;
import dev.jig.datasource.filter.AnyOf;
import dev.jig.datasource.filter.Comparison;
import dev.jig.datasource.filter.Computed;
import dev.jig.datasource.filter.Condition;
import dev.jig.datasource.filter.Fixed;
import dev.jig.datasource.filter.Negation;
import dev.jig.datasource.filter.NumberComparison;
import dev.jig.datasource.filter.NumberMembership;
import dev.jig.datasource.filter.TextComparison;
import dev.jig.datasource.filter.TextMatch;
import dev.jig.datasource.filter.TextMembership;
import java.util.Arrays;
import java.util.List;

/**
 * Instructions that look at a record just before it is sent, and refuse it when it does not fulfil a condition:
 *
 * <pre>
 *        tests ──▶ refuse          only the scratch register of the site is changed
 *        goto keep
 * refuse: discard, goto behind the call
 * keep:  (the call)
 * </pre>
 *
 * Where a field lies behind the end of a shorter record, the record is kept: user space knows that what is missing is zero.
 */
final class FilterCode {
    private static final int MOST_SLOTS = 4000;
    /** Up to this size a text is compared in words, once it is known to be sent whole. */
    private static final int SHORT_TEXT = 64;

    private final OutputSite site;
    private final Assembler code = new Assembler();
    private final Label keep = code.label("keep");
    private final FilterNumbers numbers;

    private FilterCode(OutputSite site) {
        this.site = site;
        this.numbers = new FilterNumbers(code, site, keep);
    }

    /**
     * The instructions to be inserted before a call.
     *
     * @param condition of {@link KernelCondition}, not fixed
     * @throws InstructionException when there are too many of them
     */
    static Bytecode of(Condition condition, OutputSite site) {
        FilterCode filter = new FilterCode(site);
        Label refuse = filter.code.label("refuse");
        filter.jump(condition, false, refuse);
        filter.code.add(Instructions.jump(), filter.keep);
        filter.code.place(refuse);
        site.refuse(filter.code);
        filter.code.place(filter.keep);
        return filter.code.assemble();
    }

    /** Goes to {@code target} if the condition is {@code wanted}, else on. */
    private void jump(Condition condition, boolean wanted, Label target) {
        if (code.slots() > MOST_SLOTS) {
            throw new InstructionException("the filter needs more than " + MOST_SLOTS + " instructions");
        }
        switch (condition) {
            case AllOf all -> row(all.parts(), wanted, true, target);
            case AnyOf any -> row(any.parts(), wanted, false, target);
            case Negation negation -> jump(negation.condition(), !wanted, target);
            case NumberComparison number -> numbers.compare(number, wanted, target);
            case NumberMembership members -> numbers.search(members, wanted, target);
            case TextComparison text ->
                equal(
                        text.reader().field(),
                        terminated(text.value(), text.reader().field()),
                        wanted == (text.comparison() == Comparison.EQUAL),
                        target);
            case TextMatch match -> equal(match.reader().field(), match.value().toByteArray(), wanted, target);
            case TextMembership texts -> member(texts, wanted, target);
            case Fixed fixed -> throw new InstructionException("no code for " + fixed.describe());
            case Computed computed -> throw new InstructionException("no code for " + computed.describe());
        }
    }

    /** Parts of which all must be true ({@code all}), or one. */
    private void row(List<Condition> parts, boolean wanted, boolean all, Label target) {
        if (wanted != all) {
            parts.forEach(part -> jump(part, wanted, target));
            return;
        }
        Label on = code.label("on");
        for (Condition part : parts.subList(0, parts.size() - 1)) {
            jump(part, !wanted, on);
        }
        jump(parts.getLast(), wanted, target);
        code.place(on);
    }

    /** What the bytes of a field begin with whose text is this one; a field that it fills has no NUL. */
    private static byte[] terminated(BytePattern text, Field field) {
        return Arrays.copyOf(text.toByteArray(), Math.min(text.length() + 1, field.size()));
    }

    private void equal(Field field, byte[] bytes, boolean wanted, Label target) {
        if (!wanted) {
            compare(field, bytes, target);
            return;
        }
        Label different = code.label("different");
        compare(field, bytes, different);
        code.add(Instructions.jump(), target);
        code.place(different);
    }

    private void member(TextMembership texts, boolean wanted, Label target) {
        Label found = code.label("found");
        for (BytePattern text : texts.values()) {
            equal(texts.reader().field(), terminated(text, texts.reader().field()), true, wanted ? target : found);
        }
        if (!wanted) {
            code.add(Instructions.jump(), target);
            code.place(found);
        }
    }

    /** Goes to {@code different} unless a field begins with these bytes. */
    private void compare(Field field, byte[] bytes, Label different) {
        if (code.slots() > MOST_SLOTS) {
            throw new InstructionException("the filter needs more than " + MOST_SLOTS + " instructions");
        }
        boolean byBytes = site.isSized() && field.size() > SHORT_TEXT;
        if (!byBytes) {
            numbers.requireSent(field.offset() + bytes.length);
        }
        int at = 0;
        while (at < bytes.length) {
            int offset = field.offset() + at;
            int width = byBytes ? 1 : width(offset, bytes.length - at);
            if (byBytes) {
                numbers.requireSent(offset + 1);
            }
            numbers.load(width, offset);
            code.add(
                    Instructions.jumpIfImmediate32(Opcode.JNE, site.scratch(), FilterNumbers.number(bytes, at, width)),
                    different);
            at += width;
        }
    }

    private static int width(int offset, int left) {
        if (left >= Integer.BYTES && offset % Integer.BYTES == 0) {
            return Integer.BYTES;
        }
        return left >= Short.BYTES && offset % Short.BYTES == 0 ? Short.BYTES : 1;
    }
}
