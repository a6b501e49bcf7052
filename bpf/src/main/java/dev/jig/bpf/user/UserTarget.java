// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.BpfException;

/**
 * What a section such as {@code uprobe/libc:malloc} names.
 *
 * @param file an absolute path, or the name of a library or program without a slash
 * @param symbol name of a function, or empty
 * @param offset bytes behind the function's start, or the file's
 */
public record UserTarget(String file, String symbol, long offset) {
    /**
     * Understands {@code file:symbol}, {@code file:symbol+offset}, and {@code file:0xoffset} in the file itself.
     *
     * @throws BpfException when it is not written so
     */
    public static UserTarget parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new BpfException("invalid section name \"" + text + "\": user programs are probed at file:function");
        }
        String file = text.substring(0, colon);
        requireFile(file);
        String symbol = text.substring(colon + 1);
        if (symbol.startsWith("0x")) {
            return new UserTarget(file, "", offset(text, symbol));
        }
        int plus = symbol.lastIndexOf('+');
        return plus <= 0
                ? new UserTarget(file, symbol, 0)
                : new UserTarget(file, symbol.substring(0, plus), offset(text, symbol.substring(plus + 1)));
    }

    /**
     * Understands {@code file:provider:probe}; the symbol is then {@code provider:probe}.
     *
     * @throws BpfException when it is not written so
     */
    public static UserTarget parseStatic(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new BpfException("invalid USDT section name: \"" + text + "\"");
        }
        requireFile(parts[0]);
        return new UserTarget(parts[0], parts[1] + ":" + parts[2], 0);
    }

    private static void requireFile(String file) {
        if (file.indexOf('/') > 0) {
            throw new BpfException("section name must be either an absolute path or a library name: \"" + file + "\"");
        }
    }

    private static long offset(String text, String number) {
        try {
            long offset = Long.decode(number);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException malformed) {
            throw new BpfException("invalid offset \"" + number + "\" in section name \"" + text + "\"", malformed);
        }
        throw new BpfException("invalid offset \"" + number + "\" in section name \"" + text + "\"");
    }

    /** Whether {@link #file} is a path and not a name. */
    boolean isPath() {
        return file.startsWith("/");
    }
}
