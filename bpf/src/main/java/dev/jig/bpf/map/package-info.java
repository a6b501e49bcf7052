/** eBPF maps: their definition, creation, elements and memory. */
package dev.jig.bpf.map;
