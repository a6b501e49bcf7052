// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

/**
 * Why an instruction was made unusable: what it needs does not exist in the target kernel. That is fine as long as the kernel's verifier proves the
 * instruction dead; a complaint about {@link #HELPER} is a complaint about this.
 *
 * @param instruction slot that was overwritten, in the program it is asked for
 * @param kind what was wanted
 * @param subject of what, in C words, such as {@code struct task_struct.__state}
 * @param cause why it could not be had
 */
public record BpfPoison(int instruction, RelocationKind kind, String subject, String cause) {
    /** Number of a helper that does not exist, called by poisoned instructions; the same as libbpf's, as people search for it. */
    public static final int HELPER = 0xbad2310;

    /** The same poison in a program where the instruction has another place. */
    public BpfPoison at(int slot) {
        return new BpfPoison(slot, kind, subject, cause);
    }

    /** One sentence for people. */
    public String message() {
        return "instruction " + instruction + " needs the " + kind.words() + " " + subject + ": " + cause;
    }
}
