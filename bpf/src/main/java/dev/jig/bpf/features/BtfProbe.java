// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfSupport;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.btf.Linkage;
import dev.jig.bpf.program.LoadedBtf;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Finds out which kinds of types the kernel knows, by giving it one of each. */
public final class BtfProbe {
    private BtfProbe() {}

    /** What the running kernel lacks. */
    public static BtfSupport support() {
        Set<BtfKind> missing = EnumSet.noneOf(BtfKind.class);
        for (BtfKind kind : List.of(
                BtfKind.FUNCTION,
                BtfKind.VARIABLE,
                BtfKind.DATA_SECTION,
                BtfKind.FLOAT,
                BtfKind.DECLARATION_TAG,
                BtfKind.TYPE_TAG,
                BtfKind.ENUM64)) {
            if (!LoadedBtf.isAccepted(example(kind))) {
                missing.add(kind);
            }
        }
        if (missing.contains(BtfKind.FUNCTION)) {
            // Both came with Linux 5.0, and neither is of use without the other.
            missing.add(BtfKind.FUNCTION_PROTOTYPE);
        }
        boolean global = LoadedBtf.isAccepted(function(Linkage.GLOBAL));
        boolean questionMarks = LoadedBtf.isAccepted(section("?.data"));
        return new BtfSupport(missing, global, questionMarks);
    }

    /** The smallest BTF with a type of this kind. */
    static byte[] example(BtfKind kind) {
        BtfBuilder builder = new BtfBuilder();
        int integer = builder.addInteger("int", Integer.BYTES, true);
        return switch (kind) {
            case FUNCTION -> function(Linkage.STATIC);
            case DATA_SECTION -> section(".data");
            case VARIABLE -> with(builder, new BtfType.Variable("v", integer, Linkage.STATIC));
            case FLOAT -> with(builder, new BtfType.FloatingPoint("float", Float.BYTES));
            case DECLARATION_TAG -> {
                int variable = builder.add(new BtfType.Variable("v", integer, Linkage.STATIC));
                yield with(builder, new BtfType.DeclarationTag("tag", variable, -1));
            }
            case TYPE_TAG -> {
                int tag = builder.add(new BtfType.TypeTag("tag", integer));
                yield with(builder, new BtfType.Pointer(tag));
            }
            case ENUM64 ->
                with(
                        builder,
                        new BtfType.Enumeration64("e", Long.BYTES, false, List.of(new BtfType.Enumerator("one", 1))));
            default -> builder.build();
        };
    }

    private static byte[] with(BtfBuilder builder, BtfType type) {
        builder.add(type);
        return builder.build();
    }

    private static byte[] function(Linkage linkage) {
        BtfBuilder builder = new BtfBuilder();
        int integer = builder.addInteger("int", Integer.BYTES, true);
        int prototype =
                builder.add(new BtfType.FunctionPrototype(integer, List.of(new BtfType.Parameter("a", integer))));
        return with(builder, new BtfType.Function("f", prototype, linkage));
    }

    private static byte[] section(String name) {
        BtfBuilder builder = new BtfBuilder();
        int integer = builder.addInteger("int", Integer.BYTES, true);
        int variable = builder.add(new BtfType.Variable("v", integer, Linkage.STATIC));
        return with(
                builder,
                new BtfType.DataSection(
                        name, Integer.BYTES, List.of(new BtfType.SectionVariable(variable, 0, Integer.BYTES))));
    }
}
