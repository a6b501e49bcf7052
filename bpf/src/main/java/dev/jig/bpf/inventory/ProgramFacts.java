// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import java.util.List;

/**
 * What the kernel tells of a program ({@code struct bpf_prog_info}).
 *
 * @param type a number of {@code enum bpf_prog_type}
 * @param name at most 15 characters
 * @param loadTime nanoseconds since the machine's start; with the id it tells programs apart for good
 * @param runTime nanoseconds, counted while somebody has the kernel count
 * @param runs counted likewise
 * @param maps ids of the maps that it uses
 * @param types the id of its BTF, 0 for none
 */
public record ProgramFacts(
        int id, int type, String name, long loadTime, long runTime, long runs, List<Integer> maps, int types) {
    public ProgramFacts {
        maps = List.copyOf(maps);
    }
}
