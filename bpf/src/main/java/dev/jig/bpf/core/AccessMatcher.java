// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.Names;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Follows a local access path in a target type by names, through anonymous members. */
final class AccessMatcher {
    private final AccessPath local;
    private final TypeComparison comparison;

    AccessMatcher(AccessPath local, Budget budget) {
        this.local = local;
        this.comparison = new TypeComparison(local.btf, budget);
    }

    /** The same access in the candidate, or empty if the candidate has no such thing. */
    Optional<AccessPath> match(RelocationKind kind, Candidate candidate) {
        AccessPath target = new AccessPath(candidate.btf(), candidate.type());
        comparison.budget().spend(1);
        boolean found;
        if (kind.isType()) {
            found = kind == RelocationKind.TYPE_MATCHES
                    ? comparison.matches(local.rootType, target.btf, target.rootType)
                    : comparison.areCompatible(local.rootType, target.btf, target.rootType);
        } else if (kind.isEnumValue()) {
            found = matchEnumerator(target);
        } else {
            found = matchField(target);
        }
        return found ? Optional.of(target) : Optional.empty();
    }

    private boolean matchEnumerator(AccessPath target) {
        Btf btf = target.btf;
        int type = btf.resolve(target.rootType);
        if (!btf.kind(type).isEnumeration()) {
            return false;
        }
        byte[] name = Names.essential(local.btf.elementName(local.type(0), local.index(0)))
                .getBytes(StandardCharsets.UTF_8);
        int count = btf.elementCount(type);
        comparison.budget().spend(count);
        for (int i = 0; i < count; i++) {
            if (btf.isElementEssentiallyNamed(type, i, name)) {
                target.add(type, i, true);
                target.descend();
                return true;
            }
        }
        return false;
    }

    private boolean matchField(AccessPath target) {
        int type = target.rootType;
        for (int i = 0; i < local.length(); i++) {
            type = target.btf.resolve(type);
            type = local.isNamed(i) ? matchMember(target, type, i) : matchElement(target, type, i);
            if (type < 0) {
                return false;
            }
        }
        return true;
    }

    /** Goes to an array element; the very first access is to the root type itself, as if it were one of an array. Returns its type, or -1. */
    private int matchElement(AccessPath target, int from, int access) {
        Btf btf = target.btf;
        int type = from;
        int index = local.index(access);
        if (access > 0) {
            if (btf.kind(type) != BtfKind.ARRAY) {
                return -1;
            }
            if (!target.isFlexible(target.length(), type) && index >= btf.arrayCount(type)) {
                return -1;
            }
            type = btf.resolve(btf.arrayElementType(type));
        }
        target.add(type, index, false);
        target.descend();
        target.bitOffset += index * 8L * btf.sizeOf(type);
        return type;
    }

    /** Goes to the member with the local access's name; returns the member's type, or -1. */
    private int matchMember(AccessPath target, int from, int access) {
        return matchMember(target, from, access, local.name(access));
    }

    private int matchMember(AccessPath target, int from, int access, byte[] name) {
        Btf btf = target.btf;
        int type = btf.resolve(from);
        if (!btf.kind(type).isComposite()) {
            return -1;
        }
        comparison.budget().spend(btf.elementCount(type) + 1);
        for (int i = btf.nextMember(type, 0, name); i >= 0; i = btf.nextMember(type, i + 1, name)) {
            long offset = btf.memberBitOffset(type, i) & 0xffff_ffffL;
            int memberType = btf.memberType(type, i);
            target.bitOffset += offset;
            target.descend();
            if (btf.elementName(type, i).isEmpty()) {
                int found = matchMember(target, memberType, access, name);
                if (found >= 0) {
                    return found;
                }
            } else {
                int localType = local.btf.memberType(local.type(access), local.index(access));
                if (!comparison.areFieldsCompatible(localType, btf, memberType)) {
                    return -1;
                }
                target.add(type, i, true);
                return memberType;
            }
            target.bitOffset -= offset;
            target.depth--;
        }
        return -1;
    }
}
