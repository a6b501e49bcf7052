// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

/** Reads the fields of a protocol buffer one after another, never behind its end. */
final class WireReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int TYPE_BITS = 3;
    private static final int LONGEST_VARINT = 10;

    private byte[] buffer = {};
    private int position;
    private int end;
    private int tag;
    private int start;
    private int length;

    /** Starts with the bytes of a message. */
    void open(byte[] bytes, int from, int size) {
        buffer = bytes;
        position = from;
        end = from + size;
    }

    /** Goes to the next field; false at the end. */
    boolean next() {
        if (position == end) {
            return false;
        }
        tag = (int) varint();
        return true;
    }

    /** Number of the current field. */
    int field() {
        return tag >>> TYPE_BITS;
    }

    /** The current field as a number. */
    int number() {
        require(VARINT);
        return (int) varint();
    }

    /** Finds the bytes of the current field. */
    void bytes() {
        require(BYTES);
        long size = varint();
        if (size < 0 || size > end - position) {
            throw new ServiceException("malformed message: field " + field() + " of " + size + " bytes at offset "
                    + position + " exceeds the message of " + end + " bytes");
        }
        start = position;
        length = (int) size;
        position += length;
    }

    /** First byte of what {@link #bytes()} found. */
    int start() {
        return start;
    }

    /** Length of what {@link #bytes()} found. */
    int length() {
        return length;
    }

    /** Passes over the current field. */
    void skip() {
        switch (tag & (1 << TYPE_BITS) - 1) {
            case VARINT -> varint();
            case FIXED64 -> pass(Long.BYTES);
            case BYTES -> bytes();
            case FIXED32 -> pass(Integer.BYTES);
            default -> throw new ServiceException("malformed message: field " + field() + " of unknown type");
        }
    }

    private void pass(int size) {
        if (size > end - position) {
            throw cut();
        }
        position += size;
    }

    private void require(int type) {
        if ((tag & (1 << TYPE_BITS) - 1) != type) {
            throw new ServiceException("malformed message: field " + field() + " is not of type " + type);
        }
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (position == end) {
                throw cut();
            }
            byte next = buffer[position++];
            value |= (long) (next & 127) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new ServiceException("malformed message: a number at offset " + position + " has too many bytes");
    }

    private ServiceException cut() {
        return new ServiceException("malformed message: cut off at offset " + position);
    }
}
