/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* For iterators over tasks: the filters and the description of a task that is not the current one. */
#ifndef JIG_GADGET_ITER_TASK_H
#define JIG_GADGET_ITER_TASK_H

#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/task.h>

/* Whether a task does not pass the filters. */
static __always_inline bool jig_should_discard_task(struct task_struct *task)
{
	const struct cred *cred = task->cred;
	char comm[TASK_COMM_LEN] __attribute__((aligned(8)));
	gadget_uid uid = 0;
	gadget_gid gid = 0;

	if (cred) {
		uid = cred->uid.val;
		gid = cred->gid.val;
	}
	jig_copy_comm(comm, task);
	return gadget_should_discard_data(task->nsproxy->mnt_ns->ns.inum, task->tgid, task->pid, comm, uid, gid);
}

#endif
