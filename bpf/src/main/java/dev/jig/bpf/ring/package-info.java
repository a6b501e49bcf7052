/** The kernel's ring buffer, read in place from mapped pages. */
package dev.jig.bpf.ring;
