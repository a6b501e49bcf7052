/** Runs gadgets on this machine: puts images, operators and the kernel together. */
package dev.jig.runtime;
