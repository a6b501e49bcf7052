// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.Names;
import java.nio.charset.StandardCharsets;

/** The strict comparison behind {@code bpf_core_type_matches()}: names, sizes, signedness, array lengths and members must be found in the target. */
final class TypeMatch {
    private static final int MAXIMUM_DEPTH = 32;

    private final Btf local;
    private final Btf target;
    private final Budget budget;

    TypeMatch(Btf local, Btf target, Budget budget) {
        this.local = local;
        this.target = target;
        this.budget = budget;
    }

    /** Behind a pointer, composites match by name and forward declarations count as the real thing. */
    boolean matches(int localId, int targetId, boolean startsBehindPointer, int levels) {
        if (levels <= 0) {
            throw new CoreException(local.describe(localId) + " nests deeper than " + MAXIMUM_DEPTH);
        }
        boolean behindPointer = startsBehindPointer;
        int localType = localId;
        int targetType = targetId;
        for (int depth = 0; depth <= MAXIMUM_DEPTH; depth++) {
            budget.spend(1);
            localType = local.resolve(localType);
            targetType = target.resolve(targetType);
            if (!areNamesEqual(local.name(localType), target.name(targetType))) {
                return false;
            }
            BtfKind kind = local.kind(localType);
            BtfKind targetKind = target.kind(targetType);
            switch (kind) {
                case VOID -> {
                    return targetKind == kind;
                }
                case FORWARD -> {
                    return forwardMatches(localType, targetType, behindPointer);
                }
                case ENUM, ENUM64 -> {
                    return targetKind.isEnumeration() && enumeratorsMatch(localType, targetType);
                }
                case STRUCT, UNION -> {
                    return behindPointer
                            ? tagMatches(kind, targetType)
                            : kind == targetKind && membersMatch(localType, targetType, levels);
                }
                case INT -> {
                    return kind == targetKind
                            && local.statedSize(localType) == target.statedSize(targetType)
                            && local.isSignedInteger(localType) == target.isSignedInteger(targetType);
                }
                case POINTER, ARRAY, FUNCTION_PROTOTYPE -> {
                    if (kind != targetKind || !shapeMatches(kind, localType, targetType, behindPointer, levels)) {
                        return false;
                    }
                    behindPointer |= kind == BtfKind.POINTER;
                    localType = kind == BtfKind.ARRAY ? local.arrayElementType(localType) : local.target(localType);
                    targetType =
                            kind == BtfKind.ARRAY ? target.arrayElementType(targetType) : target.target(targetType);
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
        throw new CoreException(local.describe(localId) + " nests deeper than " + MAXIMUM_DEPTH);
    }

    private boolean shapeMatches(BtfKind kind, int localType, int targetType, boolean behindPointer, int levels) {
        return switch (kind) {
            case ARRAY -> local.arrayCount(localType) == target.arrayCount(targetType);
            case FUNCTION_PROTOTYPE -> parametersMatch(localType, targetType, behindPointer, levels);
            default -> true;
        };
    }

    private boolean parametersMatch(int localType, int targetType, boolean behindPointer, int levels) {
        int count = local.elementCount(localType);
        if (count != target.elementCount(targetType)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int targetParameter = target.parameterType(targetType, i);
            if (!matches(local.parameterType(localType, i), targetParameter, behindPointer, levels - 1)) {
                return false;
            }
        }
        return true;
    }

    /** The flag of a forward declaration says that it is of a union. */
    private boolean forwardMatches(int localType, int targetType, boolean behindPointer) {
        BtfKind targetKind = target.kind(targetType);
        boolean union = local.flag(localType);
        if (targetKind == BtfKind.FORWARD) {
            return union == target.flag(targetType);
        }
        return behindPointer && targetKind == (union ? BtfKind.UNION : BtfKind.STRUCT);
    }

    private boolean tagMatches(BtfKind kind, int targetType) {
        BtfKind targetKind = target.kind(targetType);
        return kind == targetKind
                || (targetKind == BtfKind.FORWARD && (kind == BtfKind.UNION) == target.flag(targetType));
    }

    private boolean enumeratorsMatch(int localType, int targetType) {
        int count = local.elementCount(localType);
        int targetCount = target.elementCount(targetType);
        if (local.statedSize(localType) != target.statedSize(targetType) || count > targetCount) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!hasEnumerator(targetType, targetCount, local.elementName(localType, i))) {
                return false;
            }
        }
        return true;
    }

    private boolean hasEnumerator(int targetType, int targetCount, String name) {
        byte[] essential = Names.essential(name).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < targetCount; i++) {
            budget.spend(1);
            if (target.isElementEssentiallyNamed(targetType, i, essential)) {
                return true;
            }
        }
        return false;
    }

    private boolean membersMatch(int localType, int targetType, int levels) {
        int count = local.elementCount(localType);
        int targetCount = target.elementCount(targetType);
        if (count > targetCount) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!hasMember(localType, i, targetType, targetCount, levels)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasMember(int localType, int member, int targetType, int targetCount, int levels) {
        byte[] name = Names.essential(local.elementName(localType, member)).getBytes(StandardCharsets.UTF_8);
        int memberType = local.memberType(localType, member);
        for (int i = 0; i < targetCount; i++) {
            budget.spend(1);
            if (target.isElementEssentiallyNamed(targetType, i, name)
                    && matches(memberType, target.memberType(targetType, i), false, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean areNamesEqual(String localName, String targetName) {
        return Names.essential(localName).equals(Names.essential(targetName));
    }
}
