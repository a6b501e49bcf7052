// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts how long block devices take for their requests. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include <gadget/bits.bpf.h>
#include <gadget/core_fixes.bpf.h>
#include <gadget/macros.h>
#include <gadget/types.h>

#define MAX_ENTRIES 10240
#define MAX_SLOTS 27
#define NANOS_PER_MICRO 1000

struct hist_key {
	__u32 cmd_flags;
	__u32 dev;
};

struct hist_value {
	gadget_histogram_slot__u32 latency[MAX_SLOTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct hist_key);
	__type(value, struct hist_value);
} hists SEC(".maps");

GADGET_MAPITER(blockio, hists);

/* When a request began. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct request *);
	__type(value, __u64);
} start SEC(".maps");

static const struct hist_value no_counts;

/* Until 5.10 the first argument of the tracepoints at the beginning was the queue, and the request was the second. */
typedef void (*btf_trace_block_rq_issue___with_queue)(void *, struct request_queue *, struct request *);

static __always_inline struct request *begun_request(struct bpf_raw_tracepoint_args *ctx)
{
	if (bpf_core_type_matches(btf_trace_block_rq_issue___with_queue))
		return (struct request *)ctx->args[1];
	return (struct request *)ctx->args[0];
}

static __always_inline int begin(struct request *request)
{
	__u64 now = bpf_ktime_get_ns();

	bpf_map_update_elem(&start, &request, &now, BPF_ANY);
	return 0;
}

SEC("raw_tp/block_rq_insert")
int ig_profio_ins(struct bpf_raw_tracepoint_args *ctx)
{
	return begin(begun_request(ctx));
}

SEC("raw_tp/block_rq_issue")
int ig_profio_iss(struct bpf_raw_tracepoint_args *ctx)
{
	return begin(begun_request(ctx));
}

static __always_inline void count(__u64 nanoseconds)
{
	struct hist_key key = {};
	struct hist_value *value;
	__u64 slot = get_slot_idx(nanoseconds / NANOS_PER_MICRO);

	value = bpf_map_lookup_elem(&hists, &key);
	if (!value) {
		/* Another processor may be first: then its element is used. */
		bpf_map_update_elem(&hists, &key, &no_counts, BPF_NOEXIST);
		value = bpf_map_lookup_elem(&hists, &key);
		if (!value)
			return;
	}
	if (slot >= MAX_SLOTS)
		slot = MAX_SLOTS - 1;
	__sync_fetch_and_add(&value->latency[slot], 1);
}

SEC("raw_tp/block_rq_complete")
int ig_profio_done(struct bpf_raw_tracepoint_args *ctx)
{
	struct request *request = (struct request *)ctx->args[0];
	__u64 *begun = bpf_map_lookup_elem(&start, &request);
	__s64 taken;

	if (!begun)
		return 0;
	taken = bpf_ktime_get_ns() - *begun;
	if (taken >= 0)
		count(taken);
	bpf_map_delete_elem(&start, &request);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
