// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

/**
 * A function in an executable section: a program or a subprogram.
 *
 * @param section index of its section
 * @param sectionName name of its section
 * @param firstSlot of its instructions in the section
 * @param slots number of 8-byte instructions
 * @param local whether it is static
 * @param hidden whether it is only visible in its object, so that the kernel may treat it as static
 */
public record FunctionSpec(
        String name, int section, String sectionName, int firstSlot, int slots, boolean local, boolean hidden) {
    boolean contains(int sectionIndex, int slot) {
        return section == sectionIndex && slot >= firstSlot && slot < firstSlot + slots;
    }
}
