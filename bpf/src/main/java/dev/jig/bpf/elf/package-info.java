/** ELF64 relocatable objects, read lazily and with every offset checked. */
package dev.jig.bpf.elf;
