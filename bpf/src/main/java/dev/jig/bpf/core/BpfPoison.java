// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

/**
 * Why an instruction was made unusable: what it needs does not exist in the target kernel. That is fine as long as the kernel's verifier proves the
 * instruction dead; a complaint about {@link #HELPER} is a complaint about this.
 *
 * @param instruction slot that was overwritten, in the program it is asked for
 * @param kind what was wanted
 * @param subject of what, in C words, such as {@code struct task_struct.__state}, without flavours
 * @param cause why it could not be had
 */
public record BpfPoison(int instruction, RelocationKind kind, String subject, String cause) {
    /** Number of a helper that does not exist, called by poisoned instructions; the same as libbpf's, as people search for it. */
    public static final int HELPER = 0xbad2310;

    /** The same poison in a program where the instruction has another place. */
    public BpfPoison at(int slot) {
        return new BpfPoison(slot, kind, subject, cause);
    }

    /** The name of the field, type or enumerator itself: {@code inum} for {@code struct mnt_namespace.ns.inum}. */
    public String name() {
        int end = subject.length();
        while (end > 0 && subject.charAt(end - 1) == ']') {
            end = Math.max(subject.lastIndexOf('[', end - 1), 0);
        }
        int start = end;
        while (start > 0 && Character.isJavaIdentifierPart(subject.charAt(start - 1))) {
            start--;
        }
        return subject.substring(start, end);
    }

    /** One sentence for people. */
    public String message() {
        return "instruction " + instruction + " needs the " + kind.words() + " " + subject + ": " + cause;
    }
}
