/** Attaching programs: tracepoints, raw tracepoints, trampolines, probes, perf events and iterators. */
package dev.jig.bpf.link;
