// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import java.util.List;

/** Makes BTF from nothing. Each method adds a type and returns its id; types may refer to ids that come later. Not for concurrent use. */
public final class BtfBuilder {
    private final BtfBlob types = new BtfBlob();
    private final StringTable strings = new StringTable();
    private int nextId = 1;

    /** Adds any type. */
    public int add(BtfType type) {
        switch (type) {
            case BtfType.NoType _ -> throw new BtfException("void is type 0 and cannot be added");
            case BtfType.Int integer -> integer(integer);
            case BtfType.Pointer pointer -> plain("", BtfKind.POINTER, pointer.target());
            case BtfType.Array array -> {
                plain("", BtfKind.ARRAY, 0);
                words(array.elementType(), array.indexType(), array.count());
            }
            case BtfType.Struct struct -> composite(struct.kind(), struct.name(), struct.size(), struct.members());
            case BtfType.Union union -> composite(union.kind(), union.name(), union.size(), union.members());
            case BtfType.Enumeration one -> {
                header(one.name(), BtfKind.ENUM, one.enumerators().size(), one.signed(), one.size());
                for (BtfType.Enumerator enumerator : one.enumerators()) {
                    words(strings.add(enumerator.name()), (int) enumerator.value());
                }
            }
            case BtfType.Enumeration64 one -> {
                header(one.name(), BtfKind.ENUM64, one.enumerators().size(), one.signed(), one.size());
                for (BtfType.Enumerator enumerator : one.enumerators()) {
                    words(strings.add(enumerator.name()), (int) enumerator.value(), (int) (enumerator.value() >>> 32));
                }
            }
            case BtfType.Forward forward -> header(forward.name(), BtfKind.FORWARD, 0, forward.union(), 0);
            case BtfType.Typedef typedef -> plain(typedef.name(), BtfKind.TYPEDEF, typedef.target());
            case BtfType.Volatile modifier -> plain("", BtfKind.VOLATILE, modifier.target());
            case BtfType.Const modifier -> plain("", BtfKind.CONST, modifier.target());
            case BtfType.Restrict modifier -> plain("", BtfKind.RESTRICT, modifier.target());
            case BtfType.Function function ->
                header(function.name(), BtfKind.FUNCTION, function.linkage().number(), false, function.prototype());
            case BtfType.FunctionPrototype prototype -> {
                header("", BtfKind.FUNCTION_PROTOTYPE, prototype.parameters().size(), false, prototype.returnType());
                for (BtfType.Parameter parameter : prototype.parameters()) {
                    words(strings.add(parameter.name()), parameter.type());
                }
            }
            case BtfType.Variable variable -> {
                plain(variable.name(), BtfKind.VARIABLE, variable.type());
                words(variable.linkage().number());
            }
            case BtfType.DataSection section -> {
                header(section.name(), BtfKind.DATA_SECTION, section.variables().size(), false, section.size());
                for (BtfType.SectionVariable variable : section.variables()) {
                    words(variable.type(), variable.offset(), variable.size());
                }
            }
            case BtfType.FloatingPoint number -> plain(number.name(), BtfKind.FLOAT, number.size());
            case BtfType.DeclarationTag tag -> {
                plain(tag.name(), BtfKind.DECLARATION_TAG, tag.target());
                words(tag.component());
            }
            case BtfType.TypeTag tag -> plain(tag.name(), BtfKind.TYPE_TAG, tag.target());
        }
        return nextId++;
    }

    /** Adds an ordinary integer. */
    public int addInteger(String name, int bytes, boolean signed) {
        return add(new BtfType.Int(name, bytes, signed, false, false, 0, bytes * Byte.SIZE));
    }

    /** Adds a struct. */
    public int addStruct(String name, int bytes, List<BtfType.Member> members) {
        return add(new BtfType.Struct(name, bytes, members));
    }

    private void integer(BtfType.Int integer) {
        plain(integer.name(), BtfKind.INT, integer.size());
        int encoding = (integer.signed() ? 1 : 0) | (integer.character() ? 2 : 0) | (integer.bool() ? 4 : 0);
        words(encoding << 24 | integer.bitOffset() << 16 | integer.bits());
    }

    private void composite(BtfKind kind, String name, int size, List<BtfType.Member> members) {
        boolean bitfields = false;
        for (BtfType.Member member : members) {
            bitfields |= member.bitfieldSize() != 0;
        }
        header(name, kind, members.size(), bitfields, size);
        for (BtfType.Member member : members) {
            words(strings.add(member.name()), member.type(), member.bitfieldSize() << 24 | member.bitOffset());
        }
    }

    private void plain(String name, BtfKind kind, int third) {
        header(name, kind, 0, false, third);
    }

    private void header(String name, BtfKind kind, int count, boolean flag, int third) {
        words(strings.add(name), BtfBlob.info(kind, count, flag), third);
    }

    private void words(int... words) {
        for (int word : words) {
            types.add(word);
        }
    }

    /** The blob, in this machine's byte order. */
    public byte[] build() {
        return types.write(strings.toByteArray());
    }
}
