// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports each time that the kernel asks whether a thread may do something. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/kernel_stack_map.h>
#include <gadget/macros.h>
#include <gadget/syscall_regs.h>
#include <gadget/types.h>
#include <gadget/user_stack_map.h>

#define MAX_ENTRIES 10240
#define OPTION_NOAUDIT 2
#define OPTION_INSETID 4

enum capability {
	CAP_CHOWN,
	CAP_DAC_OVERRIDE,
	CAP_DAC_READ_SEARCH,
	CAP_FOWNER,
	CAP_FSETID,
	CAP_KILL,
	CAP_SETGID,
	CAP_SETUID,
	CAP_SETPCAP,
	CAP_LINUX_IMMUTABLE,
	CAP_NET_BIND_SERVICE,
	CAP_NET_BROADCAST,
	CAP_NET_ADMIN,
	CAP_NET_RAW,
	CAP_IPC_LOCK,
	CAP_IPC_OWNER,
	CAP_SYS_MODULE,
	CAP_SYS_RAWIO,
	CAP_SYS_CHROOT,
	CAP_SYS_PTRACE,
	CAP_SYS_PACCT,
	CAP_SYS_ADMIN,
	CAP_SYS_BOOT,
	CAP_SYS_NICE,
	CAP_SYS_RESOURCE,
	CAP_SYS_TIME,
	CAP_SYS_TTY_CONFIG,
	CAP_MKNOD,
	CAP_LEASE,
	CAP_AUDIT_WRITE,
	CAP_AUDIT_CONTROL,
	CAP_SETFCAP,
	CAP_MAC_OVERRIDE,
	CAP_MAC_ADMIN,
	CAP_SYSLOG,
	CAP_WAKE_ALARM,
	CAP_BLOCK_SUSPEND,
	CAP_AUDIT_READ,
	CAP_PERFMON,
	CAP_BPF,
	CAP_CHECKPOINT_RESTORE,
};

#define FLAG(name) FLAG_##name = 1ULL << name

enum cap_effective_flags_set {
	FLAG(CAP_CHOWN),
	FLAG(CAP_DAC_OVERRIDE),
	FLAG(CAP_DAC_READ_SEARCH),
	FLAG(CAP_FOWNER),
	FLAG(CAP_FSETID),
	FLAG(CAP_KILL),
	FLAG(CAP_SETGID),
	FLAG(CAP_SETUID),
	FLAG(CAP_SETPCAP),
	FLAG(CAP_LINUX_IMMUTABLE),
	FLAG(CAP_NET_BIND_SERVICE),
	FLAG(CAP_NET_BROADCAST),
	FLAG(CAP_NET_ADMIN),
	FLAG(CAP_NET_RAW),
	FLAG(CAP_IPC_LOCK),
	FLAG(CAP_IPC_OWNER),
	FLAG(CAP_SYS_MODULE),
	FLAG(CAP_SYS_RAWIO),
	FLAG(CAP_SYS_CHROOT),
	FLAG(CAP_SYS_PTRACE),
	FLAG(CAP_SYS_PACCT),
	FLAG(CAP_SYS_ADMIN),
	FLAG(CAP_SYS_BOOT),
	FLAG(CAP_SYS_NICE),
	FLAG(CAP_SYS_RESOURCE),
	FLAG(CAP_SYS_TIME),
	FLAG(CAP_SYS_TTY_CONFIG),
	FLAG(CAP_MKNOD),
	FLAG(CAP_LEASE),
	FLAG(CAP_AUDIT_WRITE),
	FLAG(CAP_AUDIT_CONTROL),
	FLAG(CAP_SETFCAP),
	FLAG(CAP_MAC_OVERRIDE),
	FLAG(CAP_MAC_ADMIN),
	FLAG(CAP_SYSLOG),
	FLAG(CAP_WAKE_ALARM),
	FLAG(CAP_BLOCK_SUSPEND),
	FLAG(CAP_AUDIT_READ),
	FLAG(CAP_PERFMON),
	FLAG(CAP_BPF),
	FLAG(CAP_CHECKPOINT_RESTORE),
};

struct cap_event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	__u64 current_userns;
	__u64 target_userns;
	enum cap_effective_flags_set cap_effective_raw;
	enum capability cap_raw;
	bool capable;
	int audit;
	int insetid;
	gadget_syscall syscall_raw;
	gadget_kernel_stack kstack_raw;
	struct gadget_user_stack ustack;
};

/* A question that is not answered yet. */
struct args_t {
	__u64 current_userns;
	__u64 target_userns;
	__u64 cap_effective;
	__u32 cap;
	__u32 options;
};

struct unique_key {
	__u64 mntns_id;
	__u64 cap;
};

const volatile bool audit_only = false;
GADGET_PARAM(audit_only);

const volatile bool unique = false;
GADGET_PARAM(unique);

const volatile bool collect_kstack = true;
GADGET_PARAM(collect_kstack);

GADGET_TRACER_MAP(events, 1024 * 1024);
GADGET_TRACER(capabilities, events, cap_event);

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u64);
	__type(value, struct args_t);
} start SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct unique_key);
	__type(value, __u64);
} seen SEC(".maps");

/* Whether it was told already that somebody in this mount namespace needs the capability. */
static __always_inline bool is_known(__u32 cap)
{
	struct unique_key key = { .mntns_id = gadget_get_current_mntns_id(), .cap = cap };
	__u64 yes = 1;

	return bpf_map_update_elem(&seen, &key, &yes, BPF_NOEXIST) == -17 /* EEXIST */;
}

/* Looks at a question; false if nobody wants to know of it. */
static __always_inline bool ask(struct args_t *args, const struct cred *cred, struct user_namespace *target, int cap,
				__u32 options)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	if (gadget_should_discard_data_current())
		return false;
	/* A thread that acts for another one for a moment. */
	if (cred != BPF_CORE_READ(task, real_cred))
		return false;
	if (audit_only && (options & OPTION_NOAUDIT))
		return false;
	if (unique && is_known(cap))
		return false;
	args->current_userns = BPF_CORE_READ(cred, user_ns, ns.inum);
	args->target_userns = BPF_CORE_READ(target, ns.inum);
	/* One word, or two halves of one: the bytes are the same. */
	args->cap_effective = 0;
	bpf_probe_read_kernel(&args->cap_effective, sizeof(args->cap_effective), &cred->cap_effective);
	args->cap = cap;
	args->options = options;
	return true;
}

static __always_inline int report(void *ctx, struct args_t *args, int result)
{
	struct cap_event *event = gadget_reserve_buf(&events, sizeof(*event));

	if (!event)
		return 0;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->current_userns = args->current_userns;
	event->target_userns = args->target_userns;
	event->cap_effective_raw = args->cap_effective;
	event->cap_raw = args->cap;
	event->capable = result == 0;
	event->audit = !(args->options & OPTION_NOAUDIT);
	event->insetid = !!(args->options & OPTION_INSETID);
	event->syscall_raw = jig_syscall_number();
	event->kstack_raw = collect_kstack ? gadget_get_kernel_stack(ctx) : -1;
	jig_ustack_fill(ctx, &event->ustack);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

SEC("kprobe/cap_capable")
int BPF_KPROBE(ig_trace_cap_e, const struct cred *cred, struct user_namespace *target, int cap, unsigned int options)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct args_t args;

	if (ask(&args, cred, target, cap, options))
		bpf_map_update_elem(&start, &id, &args, BPF_ANY);
	return 0;
}

SEC("kretprobe/cap_capable")
int BPF_KRETPROBE(ig_trace_cap_x, int result)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct args_t *args = bpf_map_lookup_elem(&start, &id);

	if (!args)
		return 0;
	report(ctx, args, result);
	bpf_map_delete_elem(&start, &id);
	return 0;
}

GADGET_JOB(capable, ig_trace_cap_e);
GADGET_JOB(capable, ig_trace_cap_x);

int BPF_PROG(ig_trace_cap_f, const struct cred *cred, struct user_namespace *target, int cap, unsigned int options,
	     int result)
{
	struct args_t args;

	return ask(&args, cred, target, cap, options) ? report(ctx, &args, result) : 0;
}

GADGET_ALTERNATIVE(capable, 10, fexit, cap_capable, ig_trace_cap_f);

/* The tracepoint does not have the options. Who asked tells: these functions are the ones that ask with an option. */
#define ASKS_WITH_OPTION(function)                                                                                     \
	const volatile __u64 function##_start = 0;                                                                     \
	const volatile __u64 function##_end = 0;                                                                       \
	GADGET_KSYM(function##_start, function);                                                                       \
	GADGET_KSYM_END(function##_end, function)

ASKS_WITH_OPTION(ns_capable_noaudit);
ASKS_WITH_OPTION(has_capability_noaudit);
ASKS_WITH_OPTION(has_ns_capability_noaudit);
ASKS_WITH_OPTION(ptracer_capable);
ASKS_WITH_OPTION(kallsyms_show_value);
ASKS_WITH_OPTION(security_vm_enough_memory_mm);
ASKS_WITH_OPTION(ns_capable_setid);

#define IN(address, function) ((address) >= function##_start && (address) < function##_end)

/* The program, what called it, and the function with the tracepoint. */
#define OWN_FRAMES 3
#define ASKING_FRAMES 4

static __always_inline __u32 options_by_stack(void *ctx)
{
	__u64 frames[ASKING_FRAMES] = {};
	__u32 options = 0;

	bpf_get_stack(ctx, frames, sizeof(frames), OWN_FRAMES);
	for (int i = 0; i < ASKING_FRAMES; i++) {
		__u64 frame = frames[i];

		if (IN(frame, ns_capable_noaudit) || IN(frame, has_capability_noaudit) ||
		    IN(frame, has_ns_capability_noaudit) || IN(frame, ptracer_capable) ||
		    IN(frame, kallsyms_show_value) || IN(frame, security_vm_enough_memory_mm))
			options |= OPTION_NOAUDIT;
		if (IN(frame, ns_capable_setid))
			options |= OPTION_INSETID;
	}
	return options;
}

int BPF_PROG(ig_trace_cap_t, const struct cred *cred, struct user_namespace *target,
	     const struct user_namespace *capable, int cap, int result)
{
	struct args_t args;

	return ask(&args, cred, target, cap, options_by_stack(ctx)) ? report(ctx, &args, result) : 0;
}

GADGET_ALTERNATIVE(capable, 60, tp_btf, cap_capable, ig_trace_cap_t);

char LICENSE[] SEC("license") = "GPL";
