// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.BpfException;

/** Types in words, for messages. */
final class TypeText {
    private static final int MAXIMUM_DEPTH = 8;

    private TypeText() {}

    static String suffix(Btf btf, int id) {
        String text = of(btf, id);
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    static String of(Btf btf, int id) {
        try {
            return text(btf, id, 0);
        } catch (BpfException e) {
            // The text is part of a message about something that is wrong already.
            return "";
        }
    }

    private static String text(Btf btf, int id, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            return "...";
        }
        return switch (btf.kind(id)) {
            case VOID -> "void";
            case INT, FLOAT, TYPEDEF, FUNCTION, VARIABLE, DATA_SECTION, DECLARATION_TAG -> btf.name(id);
            case POINTER -> text(btf, btf.target(id), depth + 1) + " *";
            case ARRAY -> text(btf, btf.arrayElementType(id), depth + 1) + "[" + btf.arrayCount(id) + "]";
            case STRUCT -> "struct " + tag(btf, id);
            case UNION -> "union " + tag(btf, id);
            case ENUM, ENUM64 -> "enum " + tag(btf, id);
            case FORWARD -> (btf.flag(id) ? "union " : "struct ") + tag(btf, id);
            case VOLATILE -> "volatile " + text(btf, btf.target(id), depth + 1);
            case CONST -> "const " + text(btf, btf.target(id), depth + 1);
            case RESTRICT, TYPE_TAG -> text(btf, btf.target(id), depth + 1);
            case FUNCTION_PROTOTYPE -> text(btf, btf.target(id), depth + 1) + " (*)()";
        };
    }

    private static String tag(Btf btf, int id) {
        String name = btf.name(id);
        return name.isEmpty() ? "<anonymous>" : name;
    }
}
