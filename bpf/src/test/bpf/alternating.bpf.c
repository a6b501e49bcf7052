// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts system calls of one process by their first argument, as gadgets do whose maps are read at intervals. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, __u64);
} counts SEC(".maps");

const volatile __u32 own = 0;
const volatile __u32 number = 0;

SEC("raw_tp/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx)
{
	struct pt_regs *regs = (struct pt_regs *)ctx->args[0];
	__u64 key, one = 1, *count;

	if (ctx->args[1] != number || bpf_get_current_pid_tgid() >> 32 != own)
		return 0;
	key = PT_REGS_PARM1_CORE_SYSCALL(regs);
	count = bpf_map_lookup_elem(&counts, &key);
	if (!count) {
		if (!bpf_map_update_elem(&counts, &key, &one, BPF_NOEXIST))
			return 0;
		count = bpf_map_lookup_elem(&counts, &key);
		if (!count)
			return 0;
	}
	__sync_fetch_and_add(count, 1);
	return 0;
}

/* Passes the map to a function: what a function names cannot be redirected. */
static __noinline int forget(void *ctx)
{
	__u64 key = 0;

	return bpf_map_delete_elem(&counts, &key);
}

SEC("?raw_tp/sys_exit")
int on_exit(struct bpf_raw_tracepoint_args *ctx)
{
	return forget(ctx);
}

char LICENSE[] SEC("license") = "GPL";
