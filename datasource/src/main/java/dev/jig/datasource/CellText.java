// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/**
 * Text for a terminal: whatever a terminal could take for a command, and whatever would make two different texts look the same, is
 * escaped as in a quoted string of Go. Width is counted in cells, or in code points where the reference implementation's bytes
 * are wanted.
 */
final class CellText {
    private static final long SPACES = 0x20 * Memory.ONES;
    private static final long QUOTES = '"' * Memory.ONES;
    private static final long BACKSLASHES = '\\' * Memory.ONES;
    private static final long DELETES = 0x7f * Memory.ONES;
    private static final byte[] ELLIPSIS = {(byte) 0xe2, (byte) 0x80, (byte) 0xa6};

    private final boolean compat;

    CellText(boolean compat) {
        this.compat = compat;
    }

    /** Appends the escaped form of memory that does not belong to {@code out}; returns its width. */
    int append(Utf8Buffer out, long from, int length) {
        int width = 0;
        int at = 0;
        while (at < length) {
            long word = Memory.word(from + at, length - at);
            long special = special(word);
            int plain = special == 0 ? Long.BYTES : Long.numberOfTrailingZeros(special) >>> 3;
            plain = Math.min(plain, length - at);
            out.ensure(Long.BYTES);
            Memory.putWord(out.end(), word);
            out.setEnd(out.end() + plain);
            width += plain;
            at += plain;
            if (at < length && plain < Long.BYTES) {
                int bytes = Utf8.sequenceLength(from + at, length - at);
                width += bytes == 0
                        ? invalid(out, Memory.getByte(from + at))
                        : character(out, from + at, bytes, Utf8.decode(from + at, bytes));
                at += Math.max(1, bytes);
            }
        }
        return width;
    }

    private static long special(long word) {
        long controls = (word - SPACES) & ~word;
        return (controls | zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | zeroBytes(word ^ DELETES) | word)
                & Memory.HIGHS;
    }

    private static long zeroBytes(long word) {
        return (word - Memory.ONES) & ~word;
    }

    private static int invalid(Utf8Buffer out, byte value) {
        out.append("\\x");
        out.appendPaddedHex(value & 0xff, 2);
        return 4;
    }

    private int character(Utf8Buffer out, long from, int bytes, int codePoint) {
        long before = out.length();
        if (codePoint == '"' || codePoint == '\\') {
            out.append('\\');
            out.append((char) codePoint);
        } else if (codePoint < 0x20 || codePoint == 0x7f) {
            control(out, codePoint);
        } else if (isPrintable(codePoint)) {
            out.append(from, bytes);
            return compat ? 1 : DisplayWidth.of(codePoint);
        } else {
            boolean small = codePoint < 0x10000;
            out.append(small ? "\\u" : "\\U");
            out.appendPaddedHex(codePoint, small ? 4 : 8);
        }
        return (int) (out.length() - before);
    }

    private static void control(Utf8Buffer out, int codePoint) {
        switch (codePoint) {
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case 0x0b -> out.append("\\v");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                out.append("\\x");
                out.appendPaddedHex(codePoint, 2);
            }
        }
    }

    /** Letters, marks, numbers, punctuation, symbols and the blank; spaces of other scripts unless compatible. */
    private boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ' || !compat;
            default -> true;
        };
    }

    /** Appends escaped text of known width to a column that is {@code target} wide: padded, or shortened if that is wanted. */
    void fit(Utf8Buffer out, Utf8Buffer text, int width, int target, boolean right, Ellipsis ellipsis) {
        if (width > target) {
            shorten(out, text, width, target, right, ellipsis);
            return;
        }
        if (right) {
            out.repeat(' ', target - width);
        }
        out.append(text);
        if (!right) {
            out.repeat(' ', target - width);
        }
    }

    private void shorten(Utf8Buffer out, Utf8Buffer text, int width, int target, boolean right, Ellipsis ellipsis) {
        if (target <= 0) {
            return;
        }
        Ellipsis effective = target == 1 && ellipsis != Ellipsis.NONE ? Ellipsis.END : ellipsis;
        int head = switch (effective) {
            case NONE -> target;
            case END -> target - 1;
            case START -> 0;
            case MIDDLE -> target / 2;
        };
        int tail = switch (effective) {
            case NONE, END -> 0;
            case START -> target - 1;
            case MIDDLE -> target - 1 - target / 2;
        };
        long headEnd = skip(text, 0, head);
        long tailStart = tail == 0 ? text.length() : skipAtLeast(text, width - tail);
        int used = widthOf(text, 0, headEnd)
                + widthOf(text, tailStart, text.length())
                + (effective == Ellipsis.NONE ? 0 : 1);
        if (right) {
            out.repeat(' ', target - used);
        }
        out.append(text.address(), (int) headEnd);
        if (effective != Ellipsis.NONE) {
            out.append(ELLIPSIS);
        }
        out.append(text.address() + tailStart, (int) (text.length() - tailStart));
        if (!right) {
            out.repeat(' ', target - used);
        }
    }

    /** Where the characters from {@code at} on that fit into {@code width} end. */
    private long skip(Utf8Buffer text, long at, int width) {
        long end = at;
        int used = 0;
        while (end < text.length()) {
            int bytes = bytesAt(text, end);
            used += widthAt(text, end, bytes);
            if (used > width) {
                break;
            }
            end += bytes;
        }
        return end;
    }

    /** Where the characters that take at least the first {@code width} cells end. */
    private long skipAtLeast(Utf8Buffer text, int width) {
        long end = 0;
        int used = 0;
        while (end < text.length() && used < width) {
            int bytes = bytesAt(text, end);
            used += widthAt(text, end, bytes);
            end += bytes;
        }
        return end;
    }

    private int widthOf(Utf8Buffer text, long from, long to) {
        int width = 0;
        for (long at = from; at < to; ) {
            int bytes = bytesAt(text, at);
            width += widthAt(text, at, bytes);
            at += bytes;
        }
        return width;
    }

    private static int bytesAt(Utf8Buffer text, long at) {
        return Math.max(1, Utf8.sequenceLength(text.address() + at, (int) (text.length() - at)));
    }

    private int widthAt(Utf8Buffer text, long at, int bytes) {
        return compat || bytes == 1 ? 1 : DisplayWidth.of(Utf8.decode(text.address() + at, bytes));
    }
}
