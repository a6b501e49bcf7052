// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

/**
 * What a helper does with maps and memory.
 *
 * @param label of the interaction with the map, or empty
 * @param mapArgument register that holds the map, a value of it, or a record of it; 0 if there is none
 * @param callbackArgument register that holds a function, or 0
 * @param contextArgument register whose value the function gets, or 0
 * @param writtenArgument register that points to memory the helper writes, or 0
 * @param sizeArgument register with the size of that memory, or 0
 * @param result what it returns
 */
record HelperEffect(
        String label,
        int mapArgument,
        int callbackArgument,
        int contextArgument,
        int writtenArgument,
        int sizeArgument,
        Result result) {
    enum Result {
        NUMBER,
        MAP_VALUE,
        RING_RECORD
    }

    static HelperEffect none() {
        return new HelperEffect("", 0, 0, 0, 0, 0, Result.NUMBER);
    }

    static HelperEffect map(String label, int register) {
        return new HelperEffect(label, register, 0, 0, 0, 0, Result.NUMBER);
    }

    HelperEffect returning(Result kind) {
        return new HelperEffect(
                label, mapArgument, callbackArgument, contextArgument, writtenArgument, sizeArgument, kind);
    }

    HelperEffect calling(int function, int context) {
        return new HelperEffect(label, mapArgument, function, context, writtenArgument, sizeArgument, result);
    }

    HelperEffect writing(int pointer, int size) {
        return new HelperEffect(label, mapArgument, callbackArgument, contextArgument, pointer, size, result);
    }

    boolean hasMap() {
        return mapArgument != 0;
    }
}
