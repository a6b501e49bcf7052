// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import dev.jig.bpf.BpfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Numbers of processors, as the kernel lists them in {@code /sys/devices/system/cpu}: {@code 0-3,5}
 * (kernel: {@code Documentation/admin-guide/cputopology.rst}, {@code lib/bitmap-str.c}).
 */
public final class ProcessorList {
    private static final Path FOLDER = Path.of("/sys/devices/system/cpu");
    /** The kernel's largest {@code NR_CPUS} is 8192. */
    private static final int MOST = 1 << 16;

    private final int[] numbers;

    private ProcessorList(int[] numbers) {
        this.numbers = numbers;
    }

    /**
     * Those that this kernel may ever have.
     *
     * @throws BpfException when the list cannot be read or understood
     */
    public static ProcessorList possible() {
        return read(FOLDER.resolve("possible"));
    }

    /**
     * Those that run at the moment.
     *
     * @throws BpfException when the list cannot be read or understood
     */
    public static ProcessorList online() {
        return read(FOLDER.resolve("online"));
    }

    private static ProcessorList read(Path source) {
        try {
            return parse(source, Files.readString(source).strip());
        } catch (IOException unreadable) {
            throw new BpfException("cannot read " + source + ": " + unreadable.getMessage(), unreadable);
        }
    }

    static ProcessorList parse(Path source, String text) {
        int[] numbers = new int[0];
        int previous = -1;
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = number(source, text, dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : number(source, text, range.substring(dash + 1));
            if (first <= previous || last < first) {
                throw malformed(source, text);
            }
            int known = numbers.length;
            numbers = Arrays.copyOf(numbers, known + last - first + 1);
            for (int i = known; i < numbers.length; i++) {
                numbers[i] = first + i - known;
            }
            previous = last;
        }
        return new ProcessorList(numbers);
    }

    private static int number(Path source, String text, String digits) {
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            number = number * 10 + digit;
            if (digit < 0 || digit > 9 || number >= MOST) {
                throw malformed(source, text);
            }
        }
        if (digits.isEmpty()) {
            throw malformed(source, text);
        }
        return number;
    }

    private static BpfException malformed(Path source, String text) {
        return new BpfException("not a list of processors in " + source + ": \"" + text + "\"");
    }

    /** The numbers, in order; a copy. */
    public int[] numbers() {
        return numbers.clone();
    }

    /** The highest of the numbers. */
    public int highest() {
        return numbers[numbers.length - 1];
    }
}
