/** Places in user programs: files by the names of libraries and programs, functions by the names of symbols, and probes there. */
package dev.jig.bpf.user;
