/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* User stacks. Everything here is dead code, and the maps shrink to one element, while collection is off. */
#ifndef JIG_GADGET_USER_STACK_MAP_H
#define JIG_GADGET_USER_STACK_MAP_H

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/types.h>
#include <gadget/macros.h>
#include <gadget/fnv1a.h>
#include <gadget/core_fixes.bpf.h>

#define GADGET_USER_MAX_STACK_DEPTH 127
#define GADGET_USER_STACK_MAP_MAX_ENTRIES 10000

const volatile bool collect_ustack = false;
GADGET_PARAM(collect_ustack);

const volatile bool collect_build_id = false;
GADGET_PARAM(collect_build_id);

const volatile bool collect_otel_stack = false;
GADGET_PARAM(collect_otel_stack);

/* The loader makes this the size of ig_build_id. */
const volatile int ig_build_id_max_entries = 1024;
GADGET_PARAM(ig_build_id_max_entries);

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, GADGET_USER_STACK_MAP_MAX_ENTRIES);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, GADGET_USER_MAX_STACK_DEPTH * sizeof(__u64));
} ig_ustack SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 0);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, GADGET_USER_MAX_STACK_DEPTH * sizeof(struct bpf_stack_build_id));
} ig_build_id SEC(".maps");

/* What an OpenTelemetry profiler leaves for whoever called it. */
struct generic_param {
	__u64 correlation_id;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct generic_param);
} otel_generic_params SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__array(values, int(void *));
} otel_tc_kprobe SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__array(values, int(void *));
} otel_tc_perf SEC(".maps");

/* The four layouts that the modification time of an inode has had. */
struct timespec___obsolete {
	long tv_sec;
	long tv_nsec;
} __attribute__((preserve_access_index));

struct inode___with_timespec {
	struct timespec___obsolete i_mtime;
} __attribute__((preserve_access_index));

struct inode___with_timespec64 {
	struct timespec64 i_mtime;
} __attribute__((preserve_access_index));

struct inode___with_timespec64_underscore {
	struct timespec64 __i_mtime;
} __attribute__((preserve_access_index));

struct inode___with_two_fields {
	time64_t i_mtime_sec;
	__u32 i_mtime_nsec;
} __attribute__((preserve_access_index));

static __always_inline void gadget_inode_get_mtime(struct inode *inode, __u64 *seconds, __u32 *nanoseconds)
{
	struct inode___with_two_fields *split = (void *)inode;
	struct inode___with_timespec64_underscore *underscored = (void *)inode;
	struct inode___with_timespec64 *plain = (void *)inode;
	struct inode___with_timespec *obsolete = (void *)inode;

	if (bpf_core_field_exists(split->i_mtime_sec)) {
		*seconds = BPF_CORE_READ(split, i_mtime_sec);
		*nanoseconds = BPF_CORE_READ(split, i_mtime_nsec);
	} else if (bpf_core_field_exists(underscored->__i_mtime)) {
		*seconds = BPF_CORE_READ(underscored, __i_mtime.tv_sec);
		*nanoseconds = BPF_CORE_READ(underscored, __i_mtime.tv_nsec);
	} else if (bpf_core_field_size(plain->i_mtime) == sizeof(struct timespec64)) {
		*seconds = BPF_CORE_READ(plain, i_mtime.tv_sec);
		*nanoseconds = BPF_CORE_READ(plain, i_mtime.tv_nsec);
	} else {
		*seconds = BPF_CORE_READ(obsolete, i_mtime.tv_sec);
		*nanoseconds = BPF_CORE_READ(obsolete, i_mtime.tv_nsec);
	}
}

/* Tells two runs of one executable apart: its address space and where it was loaded. */
static __always_inline __u32 gadget_get_base_addr_hash(struct task_struct *task)
{
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	__u32 hash = fnv_32a_init();

	fnv_32a_update_u64(&hash, (__u64)mm);
	fnv_32a_update_u64(&hash, BPF_CORE_READ(mm, start_code));
	fnv_32a_update_u64(&hash, BPF_CORE_READ(mm, start_stack));
	return hash;
}

static __always_inline void jig_ustack_fill_pids(struct task_struct *task, struct gadget_user_stack *ustack)
{
	struct pid *pid = BPF_CORE_READ(task, thread_pid);

	ustack->tgid_level0 = BPF_CORE_READ(task, tgid);
	ustack->pid_level0 = BPF_CORE_READ(pid, numbers[0].nr);
	ustack->pidns_level0 = BPF_CORE_READ(pid, numbers[0].ns, ns.inum);
	if (BPF_CORE_READ(pid, level) > 0) {
		/* numbers has as many elements as the task has levels: the second lies behind the declared one. */
		struct upid second = {};

		bpf_probe_read_kernel(&second, bpf_core_type_size(struct upid),
				      (void *)pid + bpf_core_field_offset(struct pid, numbers) +
					      bpf_core_type_size(struct upid));
		ustack->pid_level1 = second.nr;
		ustack->pidns_level1 = BPF_CORE_READ(second.ns, ns.inum);
	} else {
		ustack->pid_level1 = 0;
		ustack->pidns_level1 = 0;
	}
}

static __always_inline void jig_ustack_fill_executable(struct task_struct *task, struct gadget_user_stack *ustack)
{
	struct inode *inode = BPF_CORE_READ(task, mm, exe_file, f_inode);
	dev_t device = BPF_CORE_READ(inode, i_sb, s_dev);

	ustack->major = device >> 20;
	ustack->minor = device & ((1 << 20) - 1);
	ustack->inode = BPF_CORE_READ(inode, i_ino);
	gadget_inode_get_mtime(inode, &ustack->mtime_sec, &ustack->mtime_nsec);
	ustack->base_addr_hash = gadget_get_base_addr_hash(task);
}

static const char jig_no_build_ids[GADGET_USER_MAX_STACK_DEPTH * sizeof(struct bpf_stack_build_id)];

static __always_inline void jig_ustack_fill_build_ids(void *ctx, __u32 stack_id)
{
	void *ids;

	/* A stack that is known already has its build ids. */
	if (bpf_map_update_elem(&ig_build_id, &stack_id, jig_no_build_ids, BPF_NOEXIST))
		return;
	ids = bpf_map_lookup_elem(&ig_build_id, &stack_id);
	if (ids)
		bpf_get_stack(ctx, ids, sizeof(jig_no_build_ids), BPF_F_USER_STACK | BPF_F_USER_BUILD_ID);
}

static __always_inline void jig_ustack_fill(void *ctx, struct gadget_user_stack *ustack)
{
	struct task_struct *task;

	if (!collect_ustack) {
		__builtin_memset(ustack, 0, sizeof(*ustack));
		return;
	}
	task = (struct task_struct *)bpf_get_current_task();
	ustack->stack_id = bpf_get_stackid(ctx, &ig_ustack, BPF_F_FAST_STACK_CMP | BPF_F_USER_STACK);
	ustack->boot_timestamp = bpf_ktime_get_boot_ns();
	ustack->otel_correlation_id = 0;
	jig_ustack_fill_pids(task, ustack);
	jig_ustack_fill_executable(task, ustack);
	if (collect_build_id)
		jig_ustack_fill_build_ids(ctx, ustack->stack_id);
}

static __always_inline __u64 jig_otel_correlation_id(void)
{
	__u32 zero = 0;
	struct generic_param *param = bpf_map_lookup_elem(&otel_generic_params, &zero);

	return param ? param->correlation_id : 0;
}

/* A tail call does not come back to its function: these must stay functions of their own. */
static __noinline int jig_otel_call_kprobe(struct pt_regs *ctx)
{
	bpf_tail_call(ctx, &otel_tc_kprobe, 0);
	return 0;
}

static __noinline int jig_otel_call_perf(struct bpf_perf_event_data *ctx)
{
	bpf_tail_call(ctx, &otel_tc_perf, 0);
	return 0;
}

static __always_inline void gadget_get_user_stack_from_kprobe(struct pt_regs *ctx, struct gadget_user_stack *ustack)
{
	jig_ustack_fill(ctx, ustack);
	if (collect_ustack && collect_otel_stack) {
		jig_otel_call_kprobe(ctx);
		ustack->otel_correlation_id = jig_otel_correlation_id();
	}
}

static __always_inline void gadget_get_user_stack_from_perf_event(struct bpf_perf_event_data *ctx,
								  struct gadget_user_stack *ustack)
{
	jig_ustack_fill(ctx, ustack);
	if (collect_ustack && collect_otel_stack) {
		jig_otel_call_perf(ctx);
		ustack->otel_correlation_id = jig_otel_correlation_id();
	}
}

/* Tracepoint programs cannot call the OpenTelemetry profiler, whose programs are of another type. */
static __always_inline void gadget_get_user_stack_from_tracepoint(void *ctx, struct gadget_user_stack *ustack)
{
	jig_ustack_fill(ctx, ustack);
	if (collect_ustack && collect_otel_stack)
		bpf_core_unreachable();
}

#define gadget_get_user_stack(ctx, ustack)                                                                             \
	_Generic((ctx),                                                                                                \
		struct bpf_perf_event_data *: gadget_get_user_stack_from_perf_event,                                   \
		struct pt_regs *: gadget_get_user_stack_from_kprobe)(ctx, ustack)

#endif
