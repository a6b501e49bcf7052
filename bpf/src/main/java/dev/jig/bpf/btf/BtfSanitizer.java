// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static java.util.Objects.requireNonNull;

/**
 * Replaces types that a kernel does not know by others of the same layout in the blob, as libbpf does: what is lost is only of use for printing.
 *
 * <p>Data sections become structs, variables and declaration tags one-byte integers, functions typedefs, their prototypes enumerations, floating-point
 * numbers empty structs, type tags const, and 64-bit enumerations unions.
 */
public final class BtfSanitizer {
    private static final int BYTE_INTEGER = 8;

    private final BtfEditor editor;
    private final BtfSupport support;
    private int placeholder;

    /** Works on types in an editor. */
    public BtfSanitizer(BtfEditor editor, BtfSupport support) {
        this.editor = requireNonNull(editor, "editor");
        this.support = requireNonNull(support, "support");
    }

    /** Replaces what has to be. */
    public void run() {
        int count = editor.typeCount();
        if (isMissing(BtfKind.ENUM64)) {
            placeholder = editor.addInteger("enum64_placeholder", 1, false);
        }
        for (int id = 1; id < count; id++) {
            sanitize(id);
        }
    }

    private boolean isMissing(BtfKind kind) {
        return support.missing().contains(kind);
    }

    private void sanitize(int id) {
        BtfKind kind = editor.kind(id);
        if (kind == BtfKind.FUNCTION && !isMissing(kind) && !support.globalFunctions()) {
            editor.setLinkage(id, Linkage.STATIC);
        }
        if (kind == BtfKind.DATA_SECTION && !isMissing(kind) && !support.questionMarks()) {
            editor.setName(id, editor.originalName(id).replace('?', '_'));
        }
        if (kind == BtfKind.ENUM && isMissing(BtfKind.ENUM64)) {
            // Signed enumerations came together with 64-bit ones.
            editor.setKind(id, kind, editor.count(id), false);
        }
        if (isMissing(kind)) {
            replace(id, kind);
        }
    }

    private void replace(int id, BtfKind kind) {
        int count = editor.count(id);
        switch (kind) {
            case VARIABLE, DECLARATION_TAG -> {
                // One byte fits whatever the variable was; four could exceed the section.
                editor.setKind(id, BtfKind.INT, 0, false);
                editor.setThird(id, 1);
                editor.setExtra(id, 0, BYTE_INTEGER);
            }
            case DATA_SECTION -> sectionToStruct(id, count);
            case FUNCTION_PROTOTYPE -> {
                editor.nameParameters(id, "parameter");
                editor.setKind(id, BtfKind.ENUM, count, false);
                editor.setThird(id, Integer.BYTES);
            }
            case FUNCTION -> editor.setKind(id, BtfKind.TYPEDEF, 0, false);
            case FLOAT -> {
                editor.setName(id, "");
                editor.setKind(id, BtfKind.STRUCT, 0, false);
            }
            case TYPE_TAG -> {
                editor.setName(id, "");
                editor.setKind(id, BtfKind.CONST, 0, false);
            }
            case ENUM64 -> {
                editor.setKind(id, BtfKind.UNION, count, false);
                for (int i = 0; i < count; i++) {
                    editor.setExtra(id, 3 * i + 1, placeholder);
                    editor.setExtra(id, 3 * i + 2, 0);
                }
            }
            case VOID, INT, POINTER, ARRAY, STRUCT, UNION, ENUM, FORWARD, TYPEDEF, VOLATILE, CONST, RESTRICT ->
                throw new BtfException("nothing can stand in for types of kind " + kind);
        }
    }

    private void sectionToStruct(int id, int count) {
        editor.setKind(id, BtfKind.STRUCT, count, false);
        for (int i = 0; i < count; i++) {
            int variable = editor.extra(id, 3 * i);
            int offset = editor.extra(id, 3 * i + 1);
            editor.setExtra(id, 3 * i, editor.nameOffset(variable));
            editor.setExtra(id, 3 * i + 1, variable);
            editor.setExtra(id, 3 * i + 2, offset * Byte.SIZE);
        }
        editor.setName(id, editor.originalName(id).replace('?', '_').replace('.', '_'));
    }
}
