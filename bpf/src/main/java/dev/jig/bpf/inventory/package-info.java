// SPDX-License-Identifier: Apache-2.0
/** What the kernel holds, whoever loaded it: programs and maps by their ids, and the processes that hold programs. */
package dev.jig.bpf.inventory;
