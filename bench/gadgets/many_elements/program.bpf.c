// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* A map that getpgid(0x4a6947) adds elements to, to measure how fast it is read. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>

#include <gadget/macros.h>
#include <gadget/types.h>

#define MAGIC 0x4a6947
#define ELEMENTS_A_CALL 50000
#define MAX_ENTRIES 1048576

struct flow {
	__u32 saddr;
	__u32 daddr;
	__u16 sport;
	__u16 dport;
	__u32 family;
};

struct traffic {
	gadget_bytes sent_raw;
	gadget_bytes received_raw;
	__u64 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct flow);
	__type(value, struct traffic);
} flows SEC(".maps");

GADGET_MAPITER(flow, flows);

__u32 next;

static long add_one(__u64 index, void *context)
{
	__u32 number = next++;
	struct flow flow = { .saddr = number, .daddr = ~number, .sport = number, .dport = 443, .family = 2 };
	struct traffic traffic = { .sent_raw = number, .received_raw = 3ULL * number, .packets = 1 + number / 1000 };

	bpf_map_update_elem(&flows, &flow, &traffic, BPF_ANY);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_getpgid")
int add_elements(struct syscall_trace_enter *ctx)
{
	if (ctx->args[0] == MAGIC)
		bpf_loop(ELEMENTS_A_CALL, add_one, NULL, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
