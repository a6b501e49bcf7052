/** eBPF object files: what programs, maps and variables they declare, and programs linked ready to load. */
package dev.jig.bpf.object;
