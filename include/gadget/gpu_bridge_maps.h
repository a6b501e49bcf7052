/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The pinned maps of gpu_types.h. Define GPU_BRIDGE_WANT_META, _DEVICE, _PER_PID, _PER_PID_PER_DEVICE or _ALL before the include. */
#ifndef JIG_GADGET_GPU_BRIDGE_MAPS_H
#define JIG_GADGET_GPU_BRIDGE_MAPS_H

#include <bpf/bpf_helpers.h>

#include <gadget/gpu_types.h>

#ifdef GPU_BRIDGE_WANT_ALL
#define GPU_BRIDGE_WANT_META
#define GPU_BRIDGE_WANT_DEVICE
#define GPU_BRIDGE_WANT_PER_PID
#define GPU_BRIDGE_WANT_PER_PID_PER_DEVICE
#endif

#ifdef GPU_BRIDGE_WANT_META
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct gpu_meta);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} gpu_meta SEC(".maps");

/* What the daemon told last, if that was at most `stale_ms` milliseconds ago. */
static __always_inline struct gpu_meta *gpu_meta_fresh(__u64 now_boot_ns, __u64 stale_ms)
{
	__u32 zero = 0;
	struct gpu_meta *meta = bpf_map_lookup_elem(&gpu_meta, &zero);

	if (!meta || now_boot_ns - meta->last_update_boottime_ns > stale_ms * 1000000)
		return 0;
	return meta;
}
#endif

#ifdef GPU_BRIDGE_WANT_DEVICE
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, GPU_MAX_DEVICES);
	__type(key, __u32);
	__type(value, struct gpu_device_metrics);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} gpu_device SEC(".maps");
#endif

#ifdef GPU_BRIDGE_WANT_PER_PID
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, struct gpu_pid_metrics_aggregated);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} gpu_per_pid SEC(".maps");

/* The process `tgid`, if it holds at least `min_bytes` of a graphics processor's memory. */
static __always_inline struct gpu_pid_metrics_aggregated *gpu_pid_holder(__u32 tgid, __u64 min_bytes)
{
	struct gpu_pid_metrics_aggregated *holder = bpf_map_lookup_elem(&gpu_per_pid, &tgid);

	return holder && holder->used_gpu_memory_total >= min_bytes ? holder : 0;
}
#endif

#ifdef GPU_BRIDGE_WANT_PER_PID_PER_DEVICE
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, struct gpu_pid_metrics);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} gpu_per_pid_per_device SEC(".maps");
#endif

#endif
