/** BPF Type Format: the types of a program and of the kernel, read in place, and written. */
package dev.jig.bpf.btf;
