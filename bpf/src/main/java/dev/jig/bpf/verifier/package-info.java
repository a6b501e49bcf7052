/** The verifier's refusals in words: what a program did wrong, how it came to that, and what to do. */
package dev.jig.bpf.verifier;
