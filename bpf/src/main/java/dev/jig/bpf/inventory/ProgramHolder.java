// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

/**
 * A process that has a program, or a link to one, open.
 *
 * @param program id of the program
 * @param pid as the reader's pid namespace, or, where the kernel itself tells, the first one sees it
 * @param comm name of the process
 */
public record ProgramHolder(int program, int pid, String comm) {}
