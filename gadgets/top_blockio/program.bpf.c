// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts requests to block devices, their bytes and time, for the process that submitted them. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/maps.bpf.h>
#include <gadget/types.h>

#define MAX_ENTRIES 10240
#define OPERATION_MASK 0xff
#define OPERATION_READ 0
#define OPERATION_WRITE 1
#define NANOS_PER_MICRO 1000

enum rw_type {
	read,
	write,
} __attribute__((packed));

struct start_req_t {
	__u64 ts;
	__u64 data_len;
};

struct info_t {
	struct gadget_process proc;
	enum rw_type rw_raw;
	int major;
	int minor;
};

struct val_t {
	__u64 bytes;
	__u64 us;
	__u32 io;
};

/* When a request was handed to the device, and its length then: nothing of it is left at the end. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct request *);
	__type(value, struct start_req_t);
} start SEC(".maps");

/* Who submitted a request. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct request *);
	__type(value, struct gadget_process);
} whobyreq SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct info_t);
	__type(value, struct val_t);
} counts SEC(".maps");

GADGET_MAPITER(blockio, counts);

static const struct val_t nothing;

/* Until 5.16 the request named its disk itself. */
struct request___with_disk {
	struct gendisk *rq_disk;
} __attribute__((preserve_access_index));

static __always_inline struct gendisk *disk_of(struct request *request)
{
	struct request___with_disk *older = (void *)request;

	if (bpf_core_field_exists(older->rq_disk))
		return BPF_CORE_READ(older, rq_disk);
	return BPF_CORE_READ(request, q, disk);
}

static __always_inline int begin(struct request *request)
{
	struct start_req_t started = {
		.ts = bpf_ktime_get_ns(),
		.data_len = BPF_CORE_READ(request, __data_len),
	};

	bpf_map_update_elem(&start, &request, &started, BPF_ANY);
	return 0;
}

SEC("kprobe/blk_mq_start_request")
int BPF_KPROBE(ig_topio_req, struct request *request)
{
	return begin(request);
}

GADGET_JOB(issue, ig_topio_req);

/* Until 5.11 the tracepoint had the queue in front. */
typedef void (*btf_trace_block_rq_issue___with_queue)(void *, struct request_queue *, struct request *);

/* Two arguments of a tracepoint; compilers must not turn the choice into an index, which the verifier refuses. */
#define FIRST_OR_SECOND(ctx, is_second)                                                                                	({                                                                                                             		unsigned long long argument_;                                                                          		if (is_second) {                                                                                       			argument_ = (ctx)[1];                                                                          			barrier_var(argument_);                                                                        		} else {                                                                                               			argument_ = (ctx)[0];                                                                          			barrier_var(argument_);                                                                        		}                                                                                                      		argument_;                                                                                             	})

static __always_inline struct request *issued(unsigned long long *ctx)
{
	return (struct request *)FIRST_OR_SECOND(ctx, bpf_core_type_matches(btf_trace_block_rq_issue___with_queue));
}

/* The kernel raises block_rq_issue within that function. */
int ig_topio_issue(unsigned long long *ctx)
{
	return begin(issued(ctx));
}

GADGET_ALTERNATIVE(issue, 10, tp_btf, block_rq_issue, ig_topio_issue);

int BPF_PROG(ig_topio_req_f, struct request *request)
{
	return begin(request);
}

GADGET_ALTERNATIVE(issue, 20, fentry, blk_mq_start_request, ig_topio_req_f);

SEC("tp_btf/block_io_start")
int BPF_PROG(ig_topio_start, struct request *request)
{
	struct gadget_process process = {};
	struct request *key = request;

	if (gadget_should_discard_data_current())
		return 0;
	gadget_process_populate(&process);
	bpf_map_update_elem(&whobyreq, &key, &process, BPF_ANY);
	return 0;
}
GADGET_JOB(requests, ig_topio_start);

static __always_inline void count(struct request *request, struct start_req_t *started)
{
	__u32 operation = BPF_CORE_READ(request, cmd_flags) & OPERATION_MASK;
	struct gadget_process *process = bpf_map_lookup_elem(&whobyreq, &request);
	struct gendisk *disk = disk_of(request);
	struct info_t info;
	struct val_t *value;

	if (operation != OPERATION_READ && operation != OPERATION_WRITE)
		return;
	/* The bytes between the members are part of the key. */
	__builtin_memset(&info, 0, sizeof(info));
	if (process)
		info.proc = *process;
	info.rw_raw = operation == OPERATION_WRITE ? write : read;
	info.major = BPF_CORE_READ(disk, major);
	info.minor = BPF_CORE_READ(disk, first_minor);
	value = bpf_map_lookup_or_try_init(&counts, &info, &nothing);
	if (!value)
		return;
	__sync_fetch_and_add(&value->bytes, started->data_len);
	__sync_fetch_and_add(&value->us, (bpf_ktime_get_ns() - started->ts) / NANOS_PER_MICRO);
	__sync_fetch_and_add(&value->io, 1);
}

static __always_inline int end(struct request *request)
{
	struct start_req_t *started = bpf_map_lookup_elem(&start, &request);

	if (started) {
		count(request, started);
		bpf_map_delete_elem(&start, &request);
	}
	bpf_map_delete_elem(&whobyreq, &request);
	return 0;
}

SEC("tp_btf/block_io_done")
int BPF_PROG(ig_topio_done, struct request *request)
{
	return end(request);
}
GADGET_JOB(requests, ig_topio_done);

/*
 * Until 6.5 there are no such tracepoints. A process is known by the part of a request (bio) that it hands in, which the
 * request carries when it is issued; parts that join other requests, or need none, are forgotten in time.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct bio *);
	__type(value, struct gadget_process);
} whobypart SEC(".maps");

typedef void (*btf_trace_block_bio_queue___with_queue)(void *, struct request_queue *, struct bio *);

int ig_topio_part(unsigned long long *ctx)
{
	bool queue_first = bpf_core_type_matches(btf_trace_block_bio_queue___with_queue);
	struct bio *part = (struct bio *)FIRST_OR_SECOND(ctx, queue_first);
	struct gadget_process process = {};

	if (gadget_should_discard_data_current())
		return 0;
	gadget_process_populate(&process);
	bpf_map_update_elem(&whobypart, &part, &process, BPF_ANY);
	return 0;
}

int ig_topio_join(unsigned long long *ctx)
{
	struct request *request = issued(ctx);
	struct bio *part = BPF_CORE_READ(request, bio);
	struct gadget_process *process = bpf_map_lookup_elem(&whobypart, &part);

	if (!process)
		return 0;
	bpf_map_update_elem(&whobyreq, &request, process, BPF_ANY);
	bpf_map_delete_elem(&whobypart, &part);
	return 0;
}

/* Once for each part of a request that is done: the last is when nothing is left. */
int BPF_PROG(ig_topio_complete, struct request *request, int error, unsigned int bytes)
{
	return bytes >= BPF_CORE_READ(request, __data_len) ? end(request) : 0;
}

GADGET_ALTERNATIVE(requests, 60, tp_btf, block_bio_queue, ig_topio_part);
GADGET_ALTERNATIVE(requests, 60, tp_btf, block_rq_issue, ig_topio_join);
GADGET_ALTERNATIVE(requests, 60, tp_btf, block_rq_complete, ig_topio_complete);

char LICENSE[] SEC("license") = "GPL";
