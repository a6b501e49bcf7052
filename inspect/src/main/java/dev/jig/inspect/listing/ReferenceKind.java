// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

/** What an instruction refers to. */
public enum ReferenceKind {
    NONE,
    MAP,
    DATA,
    /** A variable of the kernel's configuration; such references have no name. */
    CONFIGURATION,
    FUNCTION_CALL,
    FUNCTION_POINTER,
    KERNEL_FUNCTION,
    KERNEL_SYMBOL
}
