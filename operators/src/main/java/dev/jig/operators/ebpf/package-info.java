/** Runs the eBPF programs of a gadget: finds its data sources, sets its params, loads, attaches, reads. */
package dev.jig.operators.ebpf;
