/** Names for addresses: the kernel's symbols, and those of user programs, whatever way a program tells its functions. */
package dev.jig.bpf.symbols;
