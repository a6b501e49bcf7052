/** The kernel as system calls: one downcall, errors with names, and the few calls that eBPF needs. */
package dev.jig.bpf.sys;
