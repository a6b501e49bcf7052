/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The way of records to user space: a ring buffer, or a perf buffer on kernels before 5.8. Which one it is, is decided
 * when the program is loaded: the tests below are CO-RE relocations, so the other branch is dead code.
 */
#ifndef JIG_GADGET_BUFFER_H
#define JIG_GADGET_BUFFER_H

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#ifndef GADGET_MAX_EVENT_SIZE
#define GADGET_MAX_EVENT_SIZE 10240
#endif

/*
 * Declares the buffer `name` of `size` bytes (a power of two, at least a page), its loss counter, and the marker by
 * which the loader turns it into a perf buffer where the kernel has no ring buffers.
 */
#define GADGET_TRACER_MAP(name, size)                                                                                  \
	struct {                                                                                                       \
		__uint(type, BPF_MAP_TYPE_RINGBUF);                                                                    \
		__uint(max_entries, size);                                                                             \
	} name SEC(".maps");                                                                                           \
	struct {                                                                                                       \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);                                                               \
		__uint(max_entries, 1);                                                                                \
		__uint(key_size, sizeof(__u32));                                                                       \
		__uint(value_size, sizeof(__u64));                                                                     \
	} name##_lost_samples SEC(".maps");                                                                            \
	const void *gadget_map_tracer_##name __attribute__((unused))

/* One more record that user space will never see. */
static __always_inline void jig_count_lost(void *lost_samples)
{
	__u32 zero = 0;
	__u64 *count = bpf_map_lookup_elem(lost_samples, &zero);

	/* An interrupt may count on the same processor in between. */
	if (count)
		__sync_fetch_and_add(count, 1);
}

/* Sends `size` bytes. Returns 0 in all cases: a lost record is counted, not reported to the program. */
static __always_inline long __gadget_output_buf(void *ctx, void *map, void *lost_samples, void *buf, __u64 size)
{
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_ringbuf_output)) {
		if (bpf_ringbuf_output(map, buf, size, 0))
			jig_count_lost(lost_samples);
		return 0;
	}
	return bpf_perf_event_output(ctx, map, BPF_F_CURRENT_CPU, buf, size);
}

#define gadget_output_buf(ctx, map, buf, size) __gadget_output_buf(ctx, map, map##_lost_samples, buf, size)

#ifndef GADGET_NO_BUF_RESERVE

/* Where a record is built on kernels without ring buffers. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, GADGET_MAX_EVENT_SIZE);
} gadget_heap SEC(".maps");

/* Room for a record, or NULL. The memory holds whatever was there before. */
static __always_inline void *__gadget_reserve_buf(void *map, void *lost_samples, __u64 size)
{
	__u32 zero = 0;

	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_ringbuf_reserve)) {
		void *buf = bpf_ringbuf_reserve(map, size, 0);

		if (!buf)
			jig_count_lost(lost_samples);
		return buf;
	}
	return bpf_map_lookup_elem(&gadget_heap, &zero);
}

#define gadget_reserve_buf(map, size) __gadget_reserve_buf(map, map##_lost_samples, size)

/* Gives a reserved record back unsent. */
static __always_inline void gadget_discard_buf(void *buf)
{
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_ringbuf_discard))
		bpf_ringbuf_discard(buf, 0);
}

/* Sends a reserved record. */
static __always_inline long gadget_submit_buf(void *ctx, void *map, void *buf, __u64 size)
{
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_ringbuf_submit)) {
		bpf_ringbuf_submit(buf, 0);
		return 0;
	}
	return bpf_perf_event_output(ctx, map, BPF_F_CURRENT_CPU, buf, size);
}

#endif /* GADGET_NO_BUF_RESERVE */

#endif
