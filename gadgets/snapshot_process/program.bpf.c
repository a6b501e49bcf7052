// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Lists the processes, or threads, that there are. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/iter_task.h>
#include <gadget/macros.h>
#include <gadget/types.h>

const volatile bool show_threads = false;
GADGET_PARAM(show_threads);

GADGET_ITER(processes, gadget_process, ig_snap_proc);

SEC("iter/task")
int ig_snap_proc(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct gadget_process process = {};

	if (!task)
		return 0;
	if (!show_threads && task->tgid != task->pid)
		return 0;
	if (jig_should_discard_task(task))
		return 0;
	jig_process_populate_in_place(&process, task);
	bpf_seq_write(ctx->meta->seq, &process, sizeof(process));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
