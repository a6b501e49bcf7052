// SPDX-License-Identifier: Apache-2.0
/** Data sources that look at the machine at intervals, without eBPF: processes, control groups. */
package dev.jig.operators.samples;
