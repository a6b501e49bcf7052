/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Reading the current task in place. A pointer whose type the verifier knows is read by plain loads (a fault reads
 * zero); any other needs a helper call for each step, which costs ten times as much.
 */
#ifndef JIG_GADGET_TASK_H
#define JIG_GADGET_TASK_H

#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* Whether this kernel has such a pointer to the current task (5.11 and later). */
static __always_inline bool jig_reads_task_in_place(void)
{
	return bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf);
}

/* Copies the name of a task that is read in place; its two words are what the kernel keeps, padded with NULs. */
static __always_inline void jig_copy_comm(char *to, struct task_struct *task)
{
	const __u64 *from = (const __u64 *)__builtin_preserve_access_index(&task->comm);

	((__u64 *)to)[0] = from[0];
	((__u64 *)to)[1] = from[1];
}

#endif
