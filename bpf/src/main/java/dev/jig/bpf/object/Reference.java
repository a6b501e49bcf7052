// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

/**
 * A place in a linked program that only the loader can fill in. The instruction has its pseudo source register already; what is missing is a file
 * descriptor, an address or a kernel BTF id.
 */
public sealed interface Reference {
    /** Slot of the instruction. */
    int instruction();

    /** The same reference in a program where the instruction has another place. */
    Reference at(int slot);

    /** 64-bit load: the first immediate becomes the file descriptor of this map. */
    record ToMap(int instruction, String map) implements Reference {
        @Override
        public ToMap at(int slot) {
            return new ToMap(slot, map);
        }
    }

    /** 64-bit load: the first immediate becomes the file descriptor of this section's map; the second holds the offset in it already. */
    record ToData(int instruction, String section, int offset) implements Reference {
        @Override
        public ToData at(int slot) {
            return new ToData(slot, section, offset);
        }
    }

    /** As {@link ToData}, into {@code .kconfig}. */
    record ToConfiguration(int instruction, Extern.KernelConfiguration variable) implements Reference {
        @Override
        public ToConfiguration at(int slot) {
            return new ToConfiguration(slot, variable);
        }
    }

    /** 64-bit load: becomes the address of an untyped kernel symbol; 0 if it is weak and missing. */
    record ToKernelSymbol(int instruction, String name, boolean weak) implements Reference {
        @Override
        public ToKernelSymbol at(int slot) {
            return new ToKernelSymbol(slot, name, weak);
        }
    }

    /**
     * 64-bit load: becomes {@code BPF_PSEUDO_BTF_ID} with the kernel BTF id of a variable or function and the file descriptor of its BTF, or a plain 0 if it
     * is weak and missing.
     *
     * @param type id in the object's BTF, of the variable's type or the function's prototype
     */
    record ToTypedSymbol(int instruction, String name, boolean weak, int type, boolean function) implements Reference {
        @Override
        public ToTypedSymbol at(int slot) {
            return new ToTypedSymbol(slot, name, weak, type, function);
        }
    }

    /**
     * Call: the immediate becomes the kernel BTF id of this function, the offset an index in the array of BTF file descriptors.
     *
     * @param prototype id in the object's BTF
     */
    record ToKernelFunction(int instruction, String name, boolean weak, int prototype) implements Reference {
        @Override
        public ToKernelFunction at(int slot) {
            return new ToKernelFunction(slot, name, weak, prototype);
        }
    }
}
