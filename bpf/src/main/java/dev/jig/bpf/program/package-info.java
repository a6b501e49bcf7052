/** eBPF programs: what the kernel is given to load, and what it says when it refuses. */
package dev.jig.bpf.program;
