// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

/**
 * A place that a program's author has marked for tracing (USDT, {@code sys/sdt.h}).
 *
 * @param offset in the file
 * @param semaphore offset in the file of the counter that tells the program whether somebody is watching; 0 for none
 */
record StaticProbe(long offset, long semaphore) {}
