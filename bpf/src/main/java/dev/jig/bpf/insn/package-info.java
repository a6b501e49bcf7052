/** The eBPF instruction set: bytecode as data, an assembler and a disassembler. */
package dev.jig.bpf.insn;
