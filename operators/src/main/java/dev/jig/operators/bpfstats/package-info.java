// SPDX-License-Identifier: Apache-2.0
/** What eBPF programs and the gadgets that brought them cost: time, runs and memory of maps. */
package dev.jig.operators.bpfstats;
