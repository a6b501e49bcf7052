/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#ifndef JIG_GADGET_COMMON_H
#define JIG_GADGET_COMMON_H

#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include <gadget/types.h>
#include <gadget/mntns.h>

/* With plain loads only, where the pointers' types are known. Those that RCU protects must be seen to be tested. */
static __always_inline void jig_process_populate_in_place(struct gadget_process *p, struct task_struct *task)
{
	const struct cred *cred = task->cred;
	struct task_struct *parent = task->real_parent;

	p->pid = task->tgid;
	p->tid = task->pid;
	jig_copy_comm(p->comm, task);
	if (cred) {
		p->creds.uid = cred->uid.val;
		p->creds.gid = cred->gid.val;
	}
	p->mntns_id = task->nsproxy->mnt_ns->ns.inum;
	if (parent) {
		p->parent.pid = parent->tgid;
		p->parent.tid = parent->pid;
		jig_copy_comm(p->parent.comm, parent);
	}
}

static __always_inline void jig_process_populate_by_helpers(struct gadget_process *p)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct task_struct *parent = BPF_CORE_READ(task, real_parent);
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u64 uid_gid = bpf_get_current_uid_gid();

	p->pid = pid_tgid >> 32;
	p->tid = (__u32)pid_tgid;
	bpf_get_current_comm(p->comm, sizeof(p->comm));
	p->creds.uid = (__u32)uid_gid;
	p->creds.gid = uid_gid >> 32;
	p->mntns_id = gadget_get_current_mntns_id();
	p->parent.pid = BPF_CORE_READ(parent, tgid);
	p->parent.tid = BPF_CORE_READ(parent, pid);
	bpf_probe_read_kernel(p->parent.comm, sizeof(p->parent.comm), parent->comm);
}

/* Fills in the current task and its parent. */
static __always_inline void gadget_process_populate(struct gadget_process *p)
{
	if (jig_reads_task_in_place())
		jig_process_populate_in_place(p, bpf_get_current_task_btf());
	else
		jig_process_populate_by_helpers(p);
}

#endif
