// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes records of the types in a {@link Btf}. */
final class TypeDecoder {
    private static final int CHARACTER = 2;
    private static final int BOOL = 4;

    private TypeDecoder() {}

    static BtfType decode(Btf btf, int id) {
        return switch (btf.kind(id)) {
            case VOID -> new BtfType.NoType();
            case INT -> integer(btf, id);
            case POINTER -> new BtfType.Pointer(btf.target(id));
            case ARRAY -> array(btf, id);
            case STRUCT -> new BtfType.Struct(btf.name(id), btf.statedSize(id), members(btf, id));
            case UNION -> new BtfType.Union(btf.name(id), btf.statedSize(id), members(btf, id));
            case ENUM -> new BtfType.Enumeration(btf.name(id), btf.statedSize(id), btf.flag(id), enumerators(btf, id));
            case FORWARD -> new BtfType.Forward(btf.name(id), btf.flag(id));
            case TYPEDEF -> new BtfType.Typedef(btf.name(id), btf.target(id));
            case VOLATILE -> new BtfType.Volatile(btf.target(id));
            case CONST -> new BtfType.Const(btf.target(id));
            case RESTRICT -> new BtfType.Restrict(btf.target(id));
            case FUNCTION -> new BtfType.Function(btf.name(id), btf.target(id), btf.linkage(id));
            case FUNCTION_PROTOTYPE -> new BtfType.FunctionPrototype(btf.target(id), parameters(btf, id));
            case VARIABLE -> new BtfType.Variable(btf.name(id), btf.target(id), btf.linkage(id));
            case DATA_SECTION -> new BtfType.DataSection(btf.name(id), btf.statedSize(id), variables(btf, id));
            case FLOAT -> new BtfType.FloatingPoint(btf.name(id), btf.statedSize(id));
            case DECLARATION_TAG -> new BtfType.DeclarationTag(btf.name(id), btf.target(id), btf.tagComponent(id));
            case TYPE_TAG -> new BtfType.TypeTag(btf.name(id), btf.target(id));
            case ENUM64 ->
                new BtfType.Enumeration64(btf.name(id), btf.statedSize(id), btf.flag(id), enumerators(btf, id));
        };
    }

    private static BtfType.Int integer(Btf btf, int id) {
        int word = btf.integerWord(id);
        int encoding = word >>> 24;
        return new BtfType.Int(
                btf.name(id),
                btf.statedSize(id),
                btf.isSignedInteger(id),
                (encoding & CHARACTER) != 0,
                (encoding & BOOL) != 0,
                btf.integerBitOffset(id),
                word & 0xff);
    }

    private static BtfType.Array array(Btf btf, int id) {
        long count = btf.arrayCount(id);
        if (count > Integer.MAX_VALUE) {
            throw new BtfException(btf.describe(id) + " has more than 2^31 - 1 elements");
        }
        return new BtfType.Array(btf.arrayElementType(id), btf.arrayIndexType(id), (int) count);
    }

    private static List<BtfType.Member> members(Btf btf, int id) {
        int count = btf.elementCount(id);
        List<BtfType.Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(new BtfType.Member(
                    btf.elementName(id, i),
                    btf.memberType(id, i),
                    btf.memberBitOffset(id, i),
                    btf.memberBitfieldSize(id, i)));
        }
        return Collections.unmodifiableList(members);
    }

    private static List<BtfType.Enumerator> enumerators(Btf btf, int id) {
        int count = btf.elementCount(id);
        List<BtfType.Enumerator> enumerators = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            enumerators.add(new BtfType.Enumerator(btf.elementName(id, i), btf.enumeratorValue(id, i)));
        }
        return Collections.unmodifiableList(enumerators);
    }

    private static List<BtfType.Parameter> parameters(Btf btf, int id) {
        int count = btf.elementCount(id);
        List<BtfType.Parameter> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(new BtfType.Parameter(btf.elementName(id, i), btf.parameterType(id, i)));
        }
        return Collections.unmodifiableList(parameters);
    }

    private static List<BtfType.SectionVariable> variables(Btf btf, int id) {
        int count = btf.elementCount(id);
        List<BtfType.SectionVariable> variables = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            variables.add(new BtfType.SectionVariable(
                    btf.sectionVariableType(id, i), btf.sectionVariableOffset(id, i), btf.sectionVariableSize(id, i)));
        }
        return Collections.unmodifiableList(variables);
    }
}
