// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

/** Something that a register may point to, or hold unchanged. */
sealed interface Target {
    /** An offset that is not known. */
    int ANYWHERE = Integer.MIN_VALUE;

    /** Offsets beyond this are no longer told apart: nothing that programs point to is as large. */
    int FARTHEST = 1 << 29;

    /** The same target, some bytes farther on. */
    default Target moved(long bytes) {
        return this;
    }

    /** The same target at an unknown distance. */
    default Target somewhere() {
        return this;
    }

    private static int moved(int offset, long bytes) {
        long sum = offset + bytes;
        return offset == ANYWHERE || Math.abs(sum) > FARTHEST ? ANYWHERE : (int) sum;
    }

    /** A map itself. */
    record Map(String name) implements Target {}

    /** The value of some element. */
    record MapValue(String name, int offset) implements Target {
        @Override
        public Target moved(long bytes) {
            return new MapValue(name, Target.moved(offset, bytes));
        }

        @Override
        public Target somewhere() {
            return new MapValue(name, ANYWHERE);
        }
    }

    /** A variable in a section; the offset is that in the section. */
    record Data(String section, String variable, int offset) implements Target {
        @Override
        public Target moved(long bytes) {
            return new Data(section, variable, Target.moved(offset, bytes));
        }

        @Override
        public Target somewhere() {
            return new Data(section, variable, ANYWHERE);
        }
    }

    /** The stack of an activation; offsets are negative. */
    record Stack(int activation, int offset) implements Target {
        @Override
        public Target moved(long bytes) {
            return new Stack(activation, Target.moved(offset, bytes));
        }

        @Override
        public Target somewhere() {
            return new Stack(activation, ANYWHERE);
        }
    }

    /** The start of a function of this program. */
    record Function(int slot) implements Target {}

    /** A record that is being made in a ring buffer. */
    record RingRecord(String map) implements Target {}

    /** What the kernel hands to the program. */
    record Context(int offset) implements Target {
        @Override
        public Target moved(long bytes) {
            return new Context(Target.moved(offset, bytes));
        }

        @Override
        public Target somewhere() {
            return new Context(ANYWHERE);
        }
    }

    /** A number that stands in the context, unchanged. */
    record ContextField(int offset) implements Target {}
}
