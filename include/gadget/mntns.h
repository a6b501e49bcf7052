/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#ifndef JIG_GADGET_MNTNS_H
#define JIG_GADGET_MNTNS_H

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include <gadget/types.h>
#include <gadget/task.h>

/* The inode number of the current task's mount namespace, by which containers are told apart. */
static __always_inline gadget_mntns_id gadget_get_current_mntns_id(void)
{
	if (jig_reads_task_in_place())
		return bpf_get_current_task_btf()->nsproxy->mnt_ns->ns.inum;
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	return BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
}

static __always_inline __attribute__((deprecated("use gadget_get_current_mntns_id"))) gadget_mntns_id
gadget_get_mntns_id(void)
{
	return gadget_get_current_mntns_id();
}

#endif
