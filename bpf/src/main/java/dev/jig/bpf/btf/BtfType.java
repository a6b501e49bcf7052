// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import java.util.List;

/**
 * One type, decoded. Other types are named by their id, 0 being void; look them up with {@link Btf#type}. Names are empty for anonymous types; sizes
 * are in bytes.
 */
public sealed interface BtfType {
    /** Which kind it is. */
    BtfKind kind();

    /** No type: id 0. */
    record NoType() implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.VOID;
        }
    }

    /**
     * An integer.
     *
     * @param bitOffset offset of the value inside, only non-zero in old encodings of bitfields
     * @param bits width of the value
     */
    record Int(String name, int size, boolean signed, boolean character, boolean bool, int bitOffset, int bits)
            implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.INT;
        }
    }

    record Pointer(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.POINTER;
        }
    }

    record Array(int elementType, int indexType, int count) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.ARRAY;
        }
    }

    /**
     * A member of a struct or union.
     *
     * @param bitOffset from the start of the composite
     * @param bitfieldSize in bits, 0 when it is no bitfield
     */
    record Member(String name, int type, int bitOffset, int bitfieldSize) {}

    record Struct(String name, int size, List<Member> members) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.STRUCT;
        }
    }

    record Union(String name, int size, List<Member> members) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.UNION;
        }
    }

    /** One enumerator; unsigned 64-bit values are kept as their bits. */
    record Enumerator(String name, long value) {}

    record Enumeration(String name, int size, boolean signed, List<Enumerator> enumerators) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.ENUM;
        }
    }

    record Enumeration64(String name, int size, boolean signed, List<Enumerator> enumerators) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.ENUM64;
        }
    }

    /** A struct or union that is declared, but not defined here. */
    record Forward(String name, boolean union) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.FORWARD;
        }
    }

    record Typedef(String name, int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.TYPEDEF;
        }
    }

    record Volatile(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.VOLATILE;
        }
    }

    record Const(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.CONST;
        }
    }

    record Restrict(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.RESTRICT;
        }
    }

    record Function(String name, int prototype, Linkage linkage) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.FUNCTION;
        }
    }

    /** A parameter; a last one without name and type stands for variable arguments. */
    record Parameter(String name, int type) {}

    record FunctionPrototype(int returnType, List<Parameter> parameters) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.FUNCTION_PROTOTYPE;
        }
    }

    record Variable(String name, int type, Linkage linkage) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.VARIABLE;
        }
    }

    /** Where a variable lies in its section; compilers leave offset and size of 0 for the loader to fill in. */
    record SectionVariable(int type, int offset, int size) {}

    record DataSection(String name, int size, List<SectionVariable> variables) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.DATA_SECTION;
        }
    }

    record FloatingPoint(String name, int size) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.FLOAT;
        }
    }

    /**
     * An attribute of a declaration.
     *
     * @param component index of the member or parameter it belongs to, or -1 for the declaration as a whole
     */
    record DeclarationTag(String name, int target, int component) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.DECLARATION_TAG;
        }
    }

    record TypeTag(String name, int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.TYPE_TAG;
        }
    }
}
