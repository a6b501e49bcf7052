// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Values of arrays of integers, written with commas between; elements that are not given are zero. */
final class NumberArray {
    private NumberArray() {}

    /**
     * The bytes of an array.
     *
     * @param type of a variable, without modifiers
     * @return nothing when the type is no array of integers, or the text has too many of them or some that do not fit
     */
    static Optional<byte[]> encode(Btf btf, int type, String text) {
        if (btf.kind(type) != BtfKind.ARRAY) {
            return Optional.empty();
        }
        int element = btf.resolve(btf.arrayElementType(type));
        String[] numbers = text.split(",", -1);
        if (btf.kind(element) != BtfKind.INT || numbers.length > btf.arrayCount(type)) {
            return Optional.empty();
        }
        int size = btf.sizeOf(element);
        ByteBuffer bytes = ByteBuffer.allocate(btf.sizeOf(type)).order(ByteOrder.nativeOrder());
        for (int i = 0; i < numbers.length; i++) {
            Optional<BigInteger> number = parse(numbers[i].strip(), size, btf.isSignedInteger(element));
            if (number.isEmpty() || !put(bytes, i * size, size, number.get().longValue())) {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.array());
    }

    private static Optional<BigInteger> parse(String text, int size, boolean signed) {
        try {
            BigInteger number = new BigInteger(text);
            boolean fits = signed
                    ? number.bitLength() < size * Byte.SIZE
                    : number.signum() >= 0 && number.bitLength() <= size * Byte.SIZE;
            return fits ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static boolean put(ByteBuffer bytes, int at, int size, long number) {
        switch (size) {
            case 1 -> bytes.put(at, (byte) number);
            case 2 -> bytes.putShort(at, (short) number);
            case 4 -> bytes.putInt(at, (int) number);
            case 8 -> bytes.putLong(at, number);
            default -> {
                return false;
            }
        }
        return true;
    }
}
