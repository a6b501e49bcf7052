// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;

/** Understands access strings such as {@code 0:1:2} in terms of the local types. */
final class AccessParser {
    private AccessParser() {}

    static AccessPath parse(Btf btf, int type, RelocationKind kind, String access) {
        int[] raw = numbers(access);
        AccessPath path = new AccessPath(btf, type);
        path.depth = raw.length;
        if (kind.isType()) {
            if (raw.length != 1 || raw[0] != 0) {
                throw new CoreException("access string '" + access + "' of a type relocation is not '0'");
            }
        } else if (kind.isEnumValue()) {
            enumerator(path, raw, access);
        } else {
            field(path, raw);
        }
        return path;
    }

    private static void enumerator(AccessPath path, int[] raw, String access) {
        int type = path.btf.resolve(path.rootType);
        if (!path.btf.kind(type).isEnumeration() || raw.length != 1 || raw[0] >= path.btf.elementCount(type)) {
            throw new CoreException("access string '" + access + "' names no enumerator of " + path.btf.describe(type));
        }
        path.add(type, raw[0], true);
    }

    private static void field(AccessPath path, int[] raw) {
        Btf btf = path.btf;
        int type = btf.resolve(path.rootType);
        path.add(type, raw[0], false);
        path.bitOffset = raw[0] * 8L * btf.sizeOf(type);
        for (int i = 1; i < raw.length; i++) {
            type = step(path, type, raw[i]);
        }
    }

    private static int step(AccessPath path, int from, int index) {
        Btf btf = path.btf;
        int type = btf.resolve(from);
        BtfKind kind = btf.kind(type);
        if (kind.isComposite()) {
            if (index >= btf.elementCount(type)) {
                throw new CoreException("no member " + index + " in " + btf.describe(type));
            }
            path.bitOffset += btf.memberBitOffset(type, index) & 0xffff_ffffL;
            if (!btf.elementName(type, index).isEmpty()) {
                path.add(type, index, true);
            }
            return btf.memberType(type, index);
        }
        if (kind != BtfKind.ARRAY) {
            throw new CoreException(
                    "access " + index + " into " + btf.describe(type) + ", which is no composite or array");
        }
        if (!path.isFlexible(path.length(), type) && index >= btf.arrayCount(type)) {
            throw new CoreException("no element " + index + " in " + btf.describe(type));
        }
        int element = btf.resolve(btf.arrayElementType(type));
        path.add(element, index, false);
        path.bitOffset += index * 8L * btf.sizeOf(element);
        return element;
    }

    private static int[] numbers(String access) {
        int count = 1;
        for (int i = 0; i < access.length(); i++) {
            if (access.charAt(i) == ':') {
                count++;
            }
        }
        if (count > AccessPath.MAXIMUM_LENGTH) {
            throw new CoreException("access string of " + count + " numbers, more than " + AccessPath.MAXIMUM_LENGTH);
        }
        int[] numbers = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int end = access.indexOf(':', at);
            numbers[i] = number(access, at, end < 0 ? access.length() : end);
            at = end + 1;
        }
        return numbers;
    }

    private static int number(String access, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = access.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > Integer.MAX_VALUE / 16) {
                throw new CoreException("access string '" + access + "' is malformed");
            }
            value = value * 10 + digit;
        }
        if (from == to) {
            throw new CoreException("access string '" + access + "' is malformed");
        }
        return (int) value;
    }
}
