// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Programs at functions and tracepoints of modules, and one that calls a module's function: those of the virtual machine's kernel.
#include "../oracle.h"

struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } runs SEC(".maps");

static __always_inline int count(__u32 program)
{
	__u64 *value = bpf_map_lookup_elem(&runs, &program);

	if (value)
		__sync_fetch_and_add(value, 1);
	return 0;
}

SEC("fentry/ovl_open")
int overlay_open(void *ctx) { return count(0); }

SEC("fexit/p9_client_walk")
int plan9_walk(void *ctx) { return count(1); }

SEC("tp_btf/9p_client_req")
int plan9_request(void *ctx) { return count(2); }

struct nf_conn { unsigned long status; } CORE;
// What the module's function takes, as it declares it.
struct bpf_ct_opts { __s32 netns_id; __s32 error; __u8 l4proto; __u8 dir; __u8 reserved[2]; };
extern struct nf_conn *bpf_skb_ct_lookup(struct __sk_buff *skb, struct bpf_sock_tuple *tuple, __u32 tuple_size, struct bpf_ct_opts *options,
					 __u32 options_size) __ksym;
extern void bpf_ct_release(struct nf_conn *connection) __ksym;

SEC("tc")
int connection(struct __sk_buff *skb)
{
	struct bpf_ct_opts options = { .netns_id = -1, .l4proto = 6 };
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *found = bpf_skb_ct_lookup(skb, &tuple, sizeof(tuple.ipv4), &options, sizeof(options));

	if (found) {
		sink = found->status;
		bpf_ct_release(found);
	}
	return 0;
}
