// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

/** CO-RE's rule about names: a suffix of three underscores and anything ("flavour") is not part of the name proper. */
public final class Names {
    private Names() {}

    /**
     * The name without its flavour: {@code task_struct} for {@code task_struct___old}. As in libbpf the last flavour separator counts, and there must be
     * something before and after it.
     */
    public static String essential(String name) {
        int length = essentialLength(name);
        return length == name.length() ? name : name.substring(0, length);
    }

    /** Length of the name without its flavour. */
    static int essentialLength(String name) {
        int length = name.length();
        for (int i = length - 5; i >= 0; i--) {
            if (isFlavourSeparator(name, i)) {
                return i + 1;
            }
        }
        return length;
    }

    private static boolean isFlavourSeparator(String name, int at) {
        return name.charAt(at) != '_'
                && name.charAt(at + 1) == '_'
                && name.charAt(at + 2) == '_'
                && name.charAt(at + 3) == '_'
                && name.charAt(at + 4) != '_';
    }
}
