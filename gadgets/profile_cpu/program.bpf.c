// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts the stacks in which threads are met on the processors, again and again. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define GPU_BRIDGE_WANT_META
#define GPU_BRIDGE_WANT_DEVICE
#define GPU_BRIDGE_WANT_PER_PID
#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/gpu_bridge_maps.h>
#include <gadget/kernel_stack_map.h>
#include <gadget/macros.h>
#include <gadget/maps.bpf.h>
#include <gadget/types.h>
#include <gadget/user_stack_map.h>

#define MAX_ENTRIES 10240
#define NO_STACK ((__u32)-1)

struct key_t {
	__u64 kernel_ip;
	__u32 user_stack_id;
	gadget_kernel_stack kern_stack_raw;
	struct gadget_process proc;
};

struct values {
	__u64 samples;
	struct gadget_user_stack user_stack_raw;
};

const volatile bool kernel_stacks_only = false;
GADGET_PARAM(kernel_stacks_only);

const volatile bool user_stacks_only = false;
GADGET_PARAM(user_stacks_only);

const volatile bool include_idle = false;
GADGET_PARAM(include_idle);

const volatile bool gpu_idle_only = false;
GADGET_PARAM(gpu_idle_only);

const volatile __u32 gpu_util_max_pct = 70;
GADGET_PARAM(gpu_util_max_pct);

const volatile __u64 min_gpu_mem_bytes = 1;
GADGET_PARAM(min_gpu_mem_bytes);

const volatile __u64 stale_threshold_ms = 300;
GADGET_PARAM(stale_threshold_ms);

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct key_t);
	__type(value, struct values);
} counts SEC(".maps");

GADGET_MAPITER(samples, counts);

/* Both are too large for the stack together. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct key_t);
} tmp_key SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct values);
} tmp_values SEC(".maps");

/* Whether a process has a graphics processor, but hardly uses it, as far as a daemon tells. */
static __always_inline bool lets_gpu_idle(__u32 tgid)
{
	struct gpu_pid_metrics_aggregated *holder;
	struct gpu_device_metrics *metrics;
	__u32 device;

	if (!gpu_meta_fresh(bpf_ktime_get_boot_ns(), stale_threshold_ms))
		return false;
	holder = gpu_pid_holder(tgid, min_gpu_mem_bytes);
	if (!holder)
		return false;
	device = holder->gpu_device_primary;
	if (device == GPU_DEVICE_PRIMARY_MULTI)
		return true;
	metrics = bpf_map_lookup_elem(&gpu_device, &device);
	return metrics && metrics->sm_util_pct < gpu_util_max_pct;
}

SEC("perf_event/profiler")
int ig_prof_cpu(struct bpf_perf_event_data *ctx)
{
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	struct values *fresh, *value;
	struct key_t *key;
	__u32 zero = 0;
	__u64 ip;

	if (gadget_should_discard_data_current())
		return 0;
	if (!include_idle && (__u32)pid_tgid == 0)
		return 0;
	if (gpu_idle_only && !lets_gpu_idle(pid_tgid >> 32))
		return 0;
	key = bpf_map_lookup_elem(&tmp_key, &zero);
	fresh = bpf_map_lookup_elem(&tmp_values, &zero);
	if (!key || !fresh)
		return 0;
	gadget_process_populate(&key->proc);
	key->kern_stack_raw = user_stacks_only ? NO_STACK : bpf_get_stackid(ctx, &ig_kstack, 0);
	fresh->samples = 0;
	if (kernel_stacks_only)
		__builtin_memset(&fresh->user_stack_raw, 0, sizeof(fresh->user_stack_raw));
	else
		gadget_get_user_stack(ctx, &fresh->user_stack_raw);
	key->user_stack_id = fresh->user_stack_raw.stack_id;
	ip = PT_REGS_IP(&ctx->regs);
	key->kernel_ip = ip >> 63 ? ip : 0;
	value = bpf_map_lookup_or_try_init(&counts, key, fresh);
	if (value)
		__sync_fetch_and_add(&value->samples, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
