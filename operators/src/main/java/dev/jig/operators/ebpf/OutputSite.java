// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Instruction;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * A call by which a program sends a record (kernel: {@code include/uapi/linux/bpf.h}).
 *
 * @param slot of the call
 * @param helper which function is called
 */
record OutputSite(int slot, int helper) {
    /** {@code bpf_perf_event_output(context, map, flags, data, size)}. */
    private static final int PERF_EVENT_OUTPUT = 25;
    /** {@code bpf_ringbuf_output(map, data, size, flags)}. */
    private static final int RINGBUF_OUTPUT = 130;
    /** {@code bpf_ringbuf_submit(data, flags)}. */
    private static final int RINGBUF_SUBMIT = 132;
    /** {@code bpf_ringbuf_discard(data, flags)}. */
    private static final int RINGBUF_DISCARD = 133;

    /** All of a program, in order. */
    static List<OutputSite> find(Bytecode code) {
        List<OutputSite> sites = new ArrayList<>();
        for (int slot = 0; slot < code.slots(); slot++) {
            if (code.isWide(slot)) {
                slot++;
            } else if (code.isHelperCall(slot)) {
                int helper = code.immediate(slot);
                if (helper == PERF_EVENT_OUTPUT || helper == RINGBUF_OUTPUT || helper == RINGBUF_SUBMIT) {
                    sites.add(new OutputSite(slot, helper));
                }
            }
        }
        return sites;
    }

    /** The register that points at the record. */
    int data() {
        return switch (helper) {
            case RINGBUF_SUBMIT -> Register.R1;
            case RINGBUF_OUTPUT -> Register.R2;
            default -> Register.R4;
        };
    }

    /** Whether the record may be shorter than its structure; else all of it is sent. */
    boolean isSized() {
        return helper != RINGBUF_SUBMIT;
    }

    /** The register with the number of bytes that are sent, of a site that {@link #isSized}. */
    int size() {
        return helper == RINGBUF_OUTPUT ? Register.R3 : Register.R5;
    }

    /** A register that nobody needs: the call is about to overwrite it. */
    int scratch() {
        return Register.R0;
    }

    /**
     * Adds what is done in place of the call when a record is not wanted, at the end of what is inserted before the call. The program sees the
     * result of a call that went well.
     */
    void refuse(Assembler code) {
        code.add(
                helper == RINGBUF_SUBMIT
                        ? Instructions.call(RINGBUF_DISCARD)
                        : Instructions.moveImmediate(Register.R0, 0));
        code.add(new Instruction(Opcode.JUMP, 0, 0, 1, 0));
    }
}
