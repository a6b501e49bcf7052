/** CO-RE: "compile once, run everywhere" relocation of instructions against the types of another kernel. */
package dev.jig.bpf.core;
