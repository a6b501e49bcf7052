// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

char LICENSE[] SEC("license") = "GPL";
volatile u64 sink;

SEC("tp_btf/sched_switch")
int reads(u64 *ctx)
{
	struct task_struct *task = (void *)ctx[1];

	sink = BPF_CORE_READ(task, mm, exe_file, f_inode, i_ino);
	sink += BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
	sink += task->real_parent->start_boottime + task->cred->uid.val;
	sink += BPF_CORE_READ_BITFIELD_PROBED(task, in_execve) + BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
	sink += task->thread_pid->numbers[0].nr;
	sink += bpf_core_type_matches(struct cred) + bpf_core_type_matches(struct task_struct) + bpf_core_type_matches(struct sock);
	return bpf_core_enum_value(enum bpf_func_id, BPF_FUNC_loop);
}

SEC("iter/task_file")
int walk(struct bpf_iter__task_file *ctx)
{
	struct file *file = ctx->file;
	struct sock *sk = file ? file->private_data : 0;

	sink = BPF_CORE_READ(sk, __sk_common.skc_dport) + BPF_CORE_READ(sk, sk_protocol) + BPF_CORE_READ(sk, __sk_common.skc_v6_daddr.in6_u.u6_addr8[3]);
	return ctx->fd;
}
