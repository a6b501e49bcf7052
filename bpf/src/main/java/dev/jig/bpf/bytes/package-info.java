/** Bounds-checked reading of untrusted bytes: the floor under the ELF and BTF readers. */
package dev.jig.bpf.bytes;
