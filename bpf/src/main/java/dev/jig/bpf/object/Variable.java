// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

/**
 * A variable in a data section.
 *
 * @param name of its symbol
 * @param section name of its section
 * @param offset in the section, in bytes
 * @param size in bytes
 * @param type id in the object's BTF, 0 if it has none there
 * @param global whether other objects could see it; only such variables may be set by name
 */
public record Variable(String name, String section, int offset, int size, int type, boolean global) {}
