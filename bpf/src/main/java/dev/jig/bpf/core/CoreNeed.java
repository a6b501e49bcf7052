// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.Names;

/**
 * What a CO-RE relocation asks for.
 *
 * @param kind what about the subject is wanted
 * @param type the root type in C words, such as {@code struct task_struct}, without flavour
 * @param subject in C words, such as {@code struct task_struct::__state}
 */
public record CoreNeed(RelocationKind kind, String type, String subject) {
    /**
     * Reads a relocation.
     *
     * @param type id of the local root type
     * @param access string such as {@code 0:1:2}
     * @throws CoreException when it makes no sense
     */
    public static CoreNeed of(Btf local, RelocationKind kind, int type, String access) {
        AccessPath path = AccessParser.parse(local, type, kind, access);
        return new CoreNeed(kind, Names.essential(local.text(type)), path.text());
    }

    /** Whether the answer is yes or no, so that programs look before they leap. */
    public boolean isQuestion() {
        return switch (kind) {
            case FIELD_EXISTS, TYPE_EXISTS, ENUM_VALUE_EXISTS, TYPE_MATCHES -> true;
            case FIELD_BYTE_OFFSET,
                    FIELD_BYTE_SIZE,
                    FIELD_SIGNED,
                    FIELD_LSHIFT_U64,
                    FIELD_RSHIFT_U64,
                    TYPE_ID_LOCAL,
                    TYPE_ID_TARGET,
                    TYPE_SIZE,
                    ENUM_VALUE -> false;
        };
    }
}
