// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Programs of the types that kernels under lockdown, or without ftrace, refuse; they read what their hooks give them.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, u32); __type(value, u64); } counts SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
const volatile u32 wanted = 0;
volatile u64 sink;

static __noinline int count(u32 key)
{
	u64 one = 1, *value = bpf_map_lookup_elem(&counts, &key);

	if (value)
		__sync_fetch_and_add(value, 1);
	else
		bpf_map_update_elem(&counts, &key, &one, BPF_ANY);
	return 0;
}

SEC("kprobe/do_unlinkat")
int BPF_KPROBE(on_unlink, int dfd, struct filename *name)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	char text[32];

	if (wanted && BPF_CORE_READ(task, tgid) != wanted)
		return 0;
	bpf_probe_read_kernel_str(text, sizeof(text), BPF_CORE_READ(name, name));
	bpf_ringbuf_output(&events, text, sizeof(text), 0);
	return count(dfd);
}

SEC("kretprobe/do_unlinkat")
int BPF_KRETPROBE(after_unlink, long result) { return count(result); }

SEC("fentry/do_unlinkat")
int BPF_PROG(enter_unlink, int dfd, struct filename *name) { return count(dfd + (name->uptr != 0)); }

SEC("fexit/do_unlinkat")
int BPF_PROG(leave_unlink, int dfd, struct filename *name, long result) { return count(result); }

SEC("lsm/file_open")
int BPF_PROG(may_open, struct file *file)
{
	count(file->f_inode->i_ino);
	return 0;
}

SEC("lsm.s/bprm_committed_creds")
int BPF_PROG(committed, struct linux_binprm *bprm) { return count(bprm->file->f_flags); }

SEC("tp_btf/sched_process_exec")
int BPF_PROG(executed, struct task_struct *task, pid_t old, struct linux_binprm *bprm)
{
	return count(task->real_parent->tgid + bprm->interp_flags);
}

SEC("iter/task_file")
int files(struct bpf_iter__task_file *ctx)
{
	struct file *file = ctx->file;

	return file ? count(ctx->fd) : 0;
}

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx) { return count(ctx->sample_period); }

SEC("uprobe")
int BPF_KPROBE(in_user, long first) { return count(first); }

SEC("xdp")
int packet(struct xdp_md *ctx)
{
	count(ctx->data_end - ctx->data);
	return XDP_PASS;
}
