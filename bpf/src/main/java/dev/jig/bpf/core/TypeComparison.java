// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.Names;

/**
 * The three ways in which CO-RE compares a local type with one of the target: as fields (loose), as compatible types (kinds agree) and as matching types
 * (names, sizes and members agree). The rules are those of the kernel's and libbpf's shared relocation code.
 */
final class TypeComparison {
    private static final int MAXIMUM_DEPTH = 32;

    private final Btf local;
    private final Budget budget;

    TypeComparison(Btf local, Budget budget) {
        this.local = local;
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    /** Whether a field of the local type may be read where the target has its type: composites and integers always go together. */
    boolean areFieldsCompatible(int localId, Btf target, int targetId) {
        int localType = local.resolve(localId);
        int targetType = target.resolve(targetId);
        for (int depth = 0; depth < MAXIMUM_DEPTH; depth++) {
            BtfKind kind = local.kind(localType);
            if (kind.isComposite() && target.kind(targetType).isComposite()) {
                return true;
            }
            if (!CandidateSearch.sameKind(kind, target.kind(targetType))) {
                return false;
            }
            switch (kind) {
                case POINTER, FLOAT -> {
                    return true;
                }
                case FORWARD, ENUM, ENUM64 -> {
                    return areTagsCompatible(local.name(localType), target.name(targetType));
                }
                case INT -> {
                    return areWholeIntegers(localType, target, targetType);
                }
                case ARRAY -> {
                    localType = local.resolve(local.arrayElementType(localType));
                    targetType = target.resolve(target.arrayElementType(targetType));
                }
                case VOID,
                        STRUCT,
                        UNION,
                        TYPEDEF,
                        VOLATILE,
                        CONST,
                        RESTRICT,
                        FUNCTION,
                        FUNCTION_PROTOTYPE,
                        VARIABLE,
                        DATA_SECTION,
                        DECLARATION_TAG,
                        TYPE_TAG -> {
                    return false;
                }
            }
        }
        throw tooDeep(localId);
    }

    private static boolean areTagsCompatible(String localName, String targetName) {
        String one = Names.essential(localName);
        String other = Names.essential(targetName);
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /** Old encodings put bitfields into integers with an offset; CO-RE does not handle them. */
    private boolean areWholeIntegers(int localType, Btf target, int targetType) {
        return local.integerBitOffset(localType) == 0 && target.integerBitOffset(targetType) == 0;
    }

    /** Whether the types are of the same shape as far as pointers, arrays and function prototypes go. */
    boolean areCompatible(int localId, Btf target, int targetId) {
        return CandidateSearch.sameKind(local.kind(localId), target.kind(targetId))
                && areCompatible(localId, target, targetId, MAXIMUM_DEPTH);
    }

    private boolean areCompatible(int localId, Btf target, int targetId, int levels) {
        int localType = localId;
        int targetType = targetId;
        for (int depth = 0; depth <= MAXIMUM_DEPTH; depth++) {
            budget.spend(1);
            localType = local.resolve(localType);
            targetType = target.resolve(targetType);
            BtfKind kind = local.kind(localType);
            if (!CandidateSearch.sameKind(kind, target.kind(targetType))) {
                return false;
            }
            switch (kind) {
                case VOID, STRUCT, UNION, ENUM, ENUM64, FORWARD -> {
                    return true;
                }
                case INT -> {
                    return areWholeIntegers(localType, target, targetType);
                }
                case POINTER -> {
                    localType = local.target(localType);
                    targetType = target.target(targetType);
                }
                case ARRAY -> {
                    localType = local.arrayElementType(localType);
                    targetType = target.arrayElementType(targetType);
                }
                case FUNCTION_PROTOTYPE -> {
                    if (!areParametersCompatible(localType, target, targetType, levels - 1)) {
                        return false;
                    }
                    localType = local.target(localType);
                    targetType = target.target(targetType);
                }
                case TYPEDEF,
                        VOLATILE,
                        CONST,
                        RESTRICT,
                        FUNCTION,
                        VARIABLE,
                        DATA_SECTION,
                        FLOAT,
                        DECLARATION_TAG,
                        TYPE_TAG -> {
                    return false;
                }
            }
        }
        throw tooDeep(localId);
    }

    private boolean areParametersCompatible(int localType, Btf target, int targetType, int levels) {
        if (levels <= 0) {
            throw tooDeep(localType);
        }
        int count = local.elementCount(localType);
        if (count != target.elementCount(targetType)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int targetParameter = target.parameterType(targetType, i);
            if (!areCompatible(local.parameterType(localType, i), target, targetParameter, levels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the local type, as far as it goes, is contained in the target's. */
    boolean matches(int localId, Btf target, int targetId) {
        return new TypeMatch(local, target, budget).matches(localId, targetId, false, MAXIMUM_DEPTH);
    }

    private CoreException tooDeep(int localId) {
        return new CoreException(local.describe(localId) + " nests deeper than " + MAXIMUM_DEPTH);
    }
}
