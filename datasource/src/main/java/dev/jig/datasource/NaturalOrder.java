// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** The order of mapping keys in YAML output: runs of digits as numbers, other characters before letters, letters by code point. */
final class NaturalOrder {
    private NaturalOrder() {}

    static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return compareAt(left, right, i);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int compareAt(String left, String right, int at) {
        boolean leftLetter = Character.isLetter(left.charAt(at));
        boolean rightLetter = Character.isLetter(right.charAt(at));
        if (leftLetter && rightLetter) {
            return Character.compare(left.charAt(at), right.charAt(at));
        }
        if (leftLetter || rightLetter) {
            // Behind a digit, a letter ends the number and so comes first.
            boolean afterDigit = at > 0 && isDigit(left.charAt(at - 1));
            return leftLetter == afterDigit ? -1 : 1;
        }
        return compareNumbers(left, right, at);
    }

    private static int compareNumbers(String left, String right, int at) {
        int start = at;
        while (start > 0 && isDigit(left.charAt(start - 1))) {
            start--;
        }
        int leftEnd = endOfNumber(left, at);
        int rightEnd = endOfNumber(right, at);
        String leftNumber = significant(left, start, leftEnd);
        String rightNumber = significant(right, start, rightEnd);
        if (leftNumber.length() != rightNumber.length()) {
            return Integer.compare(leftNumber.length(), rightNumber.length());
        }
        int difference = leftNumber.compareTo(rightNumber);
        if (difference != 0) {
            return difference;
        }
        return leftEnd == rightEnd
                ? Character.compare(left.charAt(at), right.charAt(at))
                : Integer.compare(leftEnd, rightEnd);
    }

    private static int endOfNumber(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String significant(String text, int start, int end) {
        int first = start;
        while (first < end && text.charAt(first) == '0') {
            first++;
        }
        return text.substring(first, end);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
