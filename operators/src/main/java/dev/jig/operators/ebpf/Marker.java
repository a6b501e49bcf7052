// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import java.util.List;

/** What a marker variable of an object says. */
public sealed interface Marker {
    /** A stream of records that arrives through a buffer. */
    record Tracer(String name, String map, String struct) implements Marker {}

    /** Records that iterator programs write. */
    record Iterator(String name, String struct, List<String> programs) implements Marker {}

    /** The map that an iterator program goes through. */
    record IteratorTarget(String program, String map) implements Marker {}

    /** The map whose sockets a program rules over. */
    record SocketTarget(String program, String map) implements Marker {}

    /** The elements of a hash map, read at intervals. */
    record MapIterator(String name, String map) implements Marker {}

    /** A variable that users may set. */
    record Parameter(String variable) implements Marker {}

    /** A ring buffer that becomes a perf buffer on kernels without ring buffers. */
    record TracerMap(String map) implements Marker {}

    /** A program with a section that belongs to a job. */
    record JobProgram(String job, String program) implements Marker {}

    /** A function without section that is a program of a variant of a job; the target has slashes. */
    record Alternative(String job, int rank, String kind, String target, String function) implements Marker {}

    /** A job without which the gadget is of use. */
    record OptionalJob(String job) implements Marker {}

    /** A name for a variant of a job. */
    record VariantName(String job, int rank, String name) implements Marker {}

    /**
     * A variable that receives an address of the kernel.
     *
     * @param end whether it is that of the symbol behind the one that is named
     */
    record KernelSymbol(String variable, String symbol, boolean end) implements Marker {}

    /** A test that a variant of a job must pass when it is attached. */
    record VariantTest(String job, int rank, String name) implements Marker {}
}
