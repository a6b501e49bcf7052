// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

/** Something that a program expects from the kernel. A weak one may be missing. */
public sealed interface Extern {
    String name();

    boolean weak();

    /** How a {@code __kconfig} variable is written into memory. */
    enum ConfigurationType {
        /** {@code y} or {@code n}. */
        BOOL,
        /** One letter. */
        CHARACTER,
        INTEGER,
        /** {@code y}, {@code n} or {@code m} as {@code enum libbpf_tristate}. */
        TRISTATE,
        /** NUL-terminated text. */
        STRING
    }

    /**
     * A variable of the kernel's configuration ({@code CONFIG_…}), or one of the loader's own such as {@code LINUX_KERNEL_VERSION}.
     *
     * @param offset in {@code .kconfig}
     * @param size in bytes
     * @param signed whether an integer is signed
     */
    record KernelConfiguration(String name, boolean weak, ConfigurationType type, int offset, int size, boolean signed)
            implements Extern {}

    /**
     * A symbol of the kernel.
     *
     * @param type id of its type in the object's BTF, 0 for an untyped one, of which only the address is wanted
     */
    record KernelSymbol(String name, boolean weak, int type) implements Extern {}

    /**
     * A kernel function (kfunc).
     *
     * @param prototype id of its prototype in the object's BTF
     */
    record KernelFunction(String name, boolean weak, int prototype) implements Extern {}
}
