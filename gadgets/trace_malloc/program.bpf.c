// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports what programs ask of the C library's allocator, and what they give back. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/maps.bpf.h>
#include <gadget/types.h>
#include <gadget/user_stack_map.h>

#define MAX_ENTRIES 10240
#define MAP_FAILED ((__u64)-1)

enum memop {
	malloc,
	free,
	calloc,
	realloc,
	realloc_free,
	mmap,
	munmap,
	posix_memalign,
	aligned_alloc,
	valloc,
	memalign,
	pvalloc,
};

#define OPERATIONS (pvalloc + 1)

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	struct gadget_user_stack ustack;
	enum memop operation_raw;
	__u64 addr;
	__u64 size;
};

/* Calls of a thread that have not returned yet. One may call another: calloc() malloc(), for instance. */
struct pending {
	__u64 sizes[OPERATIONS];
	__u64 memptr;
	__u32 operations;
};

GADGET_TRACER_MAP(events, 1024 * 1024 * 4);
GADGET_TRACER(malloc, events, event);

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u32);
	__type(value, struct pending);
} sizes SEC(".maps");

static const struct pending none;

static __always_inline int report(struct pt_regs *ctx, enum memop operation, __u64 addr, __u64 size)
{
	struct event *event = gadget_reserve_buf(&events, sizeof(*event));

	if (!event)
		return 0;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->operation_raw = operation;
	event->addr = addr;
	event->size = size;
	gadget_get_user_stack(ctx, &event->ustack);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

static __always_inline int give_back(struct pt_regs *ctx, enum memop operation, void *addr)
{
	if (gadget_should_discard_data_current())
		return 0;
	return report(ctx, operation, (__u64)addr, 0);
}

static __always_inline struct pending *begin(enum memop operation, __u64 size)
{
	__u32 tid = bpf_get_current_pid_tgid();
	struct pending *pending;

	if (gadget_should_discard_data_current())
		return 0;
	pending = bpf_map_lookup_or_try_init(&sizes, &tid, &none);
	if (!pending)
		return 0;
	pending->sizes[operation] = size;
	pending->operations |= 1 << operation;
	return pending;
}

/* A result of 0 is that of a failed call. */
static __always_inline int end(struct pt_regs *ctx, enum memop operation, __u64 addr)
{
	__u32 tid = bpf_get_current_pid_tgid();
	struct pending *pending = bpf_map_lookup_elem(&sizes, &tid);
	__u64 size;

	if (!pending || !(pending->operations & (1 << operation)))
		return 0;
	size = pending->sizes[operation];
	pending->operations &= ~(1 << operation);
	if (!pending->operations)
		bpf_map_delete_elem(&sizes, &tid);
	return report(ctx, operation, addr, size);
}

#define RETURNS_ADDRESS(operation)                                                                                     \
	SEC("uretprobe/libc:" #operation)                                                                              \
	int trace_uretprobe_##operation(struct pt_regs *ctx)                                                           \
	{                                                                                                              \
		return end(ctx, operation, PT_REGS_RC(ctx));                                                           \
	}

SEC("uprobe/libc:malloc")
int BPF_KPROBE(trace_uprobe_malloc, size_t size)
{
	begin(malloc, size);
	return 0;
}

RETURNS_ADDRESS(malloc)

SEC("uprobe/libc:free")
int BPF_KPROBE(trace_uprobe_free, void *addr)
{
	return give_back(ctx, free, addr);
}

SEC("uprobe/libc:calloc")
int BPF_KPROBE(trace_uprobe_calloc, size_t count, size_t size)
{
	begin(calloc, count * size);
	return 0;
}

RETURNS_ADDRESS(calloc)

SEC("uprobe/libc:realloc")
int BPF_KPROBE(trace_uprobe_realloc, void *addr, size_t size)
{
	begin(realloc, size);
	return give_back(ctx, realloc_free, addr);
}

RETURNS_ADDRESS(realloc)

SEC("uprobe/libc:mmap")
int BPF_KPROBE(trace_uprobe_mmap, void *addr, size_t size)
{
	begin(mmap, size);
	return 0;
}

SEC("uretprobe/libc:mmap")
int trace_uretprobe_mmap(struct pt_regs *ctx)
{
	__u64 addr = PT_REGS_RC(ctx);

	return end(ctx, mmap, addr == MAP_FAILED ? 0 : addr);
}

SEC("uprobe/libc:munmap")
int BPF_KPROBE(trace_uprobe_munmap, void *addr)
{
	return give_back(ctx, munmap, addr);
}

SEC("uprobe/libc:posix_memalign")
int BPF_KPROBE(trace_uprobe_posix_memalign, void **result, size_t alignment, size_t size)
{
	struct pending *pending = begin(posix_memalign, size);

	if (pending)
		pending->memptr = (__u64)result;
	return 0;
}

SEC("uretprobe/libc:posix_memalign")
int trace_uretprobe_posix_memalign(struct pt_regs *ctx)
{
	__u32 tid = bpf_get_current_pid_tgid();
	struct pending *pending = bpf_map_lookup_elem(&sizes, &tid);
	__u64 addr = 0;

	if (!pending)
		return 0;
	if (!(int)PT_REGS_RC(ctx) && bpf_probe_read_user(&addr, sizeof(addr), (void *)pending->memptr))
		addr = 0;
	return end(ctx, posix_memalign, addr);
}

#define ALLOCATES_ALIGNED(operation)                                                                                   \
	SEC("uprobe/libc:" #operation)                                                                                 \
	int BPF_KPROBE(trace_uprobe_##operation, size_t alignment, size_t size)                                        \
	{                                                                                                              \
		begin(operation, size);                                                                                \
		return 0;                                                                                              \
	}                                                                                                              \
	RETURNS_ADDRESS(operation)

ALLOCATES_ALIGNED(aligned_alloc)
ALLOCATES_ALIGNED(memalign)

#define ALLOCATES_PAGES(operation)                                                                                     \
	SEC("uprobe/libc:" #operation)                                                                                 \
	int BPF_KPROBE(trace_uprobe_##operation, size_t size)                                                          \
	{                                                                                                              \
		begin(operation, size);                                                                                \
		return 0;                                                                                              \
	}                                                                                                              \
	RETURNS_ADDRESS(operation)

ALLOCATES_PAGES(valloc)
ALLOCATES_PAGES(pvalloc)

SEC("tracepoint/sched/sched_process_exit")
int trace_sched_process_exit(void *ctx)
{
	__u32 tid = bpf_get_current_pid_tgid();

	bpf_map_delete_elem(&sizes, &tid);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
