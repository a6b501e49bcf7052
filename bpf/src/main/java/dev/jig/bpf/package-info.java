/** An eBPF library: objects, maps, programs, links and buffers, driven from Java without native code. */
package dev.jig.bpf;
