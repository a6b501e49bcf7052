// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * Reports hooks of Linux security modules that are hit. Each is a job of its own, as no kernel has all of them. On
 * request, hooks are imitated where BPF cannot be attached to them: an event then means that an operation was asked for.
 */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/filesystem.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/syscall_regs.h>
#include <gadget/types.h>

#include "hooks.h"
#include "syscalls.h"

#define MAX_RULES 5
#define AF_NETLINK 16
#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000

#define NUMBER(hook) hook,
enum lsm_tracepoint { LSM_HOOKS(NUMBER) };

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	enum lsm_tracepoint tracepoint_raw;
};

const volatile bool trace_all = true;
GADGET_PARAM(trace_all);

#define SWITCH(hook)                                                                                                   \
	const volatile bool trace_##hook = false;                                                                      \
	GADGET_PARAM(trace_##hook);
LSM_HOOKS(SWITCH)

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(lsm, events, event);

static __always_inline int report(void *ctx, enum lsm_tracepoint hook)
{
	struct event *event;

	if (gadget_should_discard_data_current())
		return 0;
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->tracepoint_raw = hook;
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

#define PROGRAM(hook)                                                                                                  \
	SEC("lsm/" #hook)                                                                                              \
	int trace_lsm_##hook(unsigned long long *ctx)                                                                  \
	{                                                                                                              \
		return trace_all || trace_##hook ? report(ctx, hook) : 0;                                              \
	}                                                                                                              \
	GADGET_JOB(lsm_##hook, trace_lsm_##hook);                                                                      \
	GADGET_JOB_OPTIONAL(lsm_##hook);
LSM_HOOKS(PROGRAM)

#define IMITATION(hook, target, function)                                                                              \
	GADGET_ALTERNATIVE(lsm_##hook, 0, tp_btf, target, function);                                                   \
	GADGET_VARIANT_NAME(lsm_##hook, 0, emulate);

/* Tracepoints where the hook is, too. */
#define AT_TRACEPOINT(hook, target, function)                                                                          \
	int function(unsigned long long *ctx)                                                                          \
	{                                                                                                              \
		return trace_all || trace_##hook ? report(ctx, hook) : 0;                                              \
	}                                                                                                              \
	IMITATION(hook, target, function)

AT_TRACEPOINT(capable, cap_capable, lsm_capable_t)
AT_TRACEPOINT(bprm_committing_creds, sched_prepare_exec, lsm_prepare_exec_t)
AT_TRACEPOINT(bprm_committed_creds, sched_process_exec, lsm_exec_t)
AT_TRACEPOINT(task_alloc, sched_process_fork, lsm_fork_t)
AT_TRACEPOINT(task_free, sched_process_free, lsm_free_t)

enum test {
	ALWAYS,
	EQUAL,
	OTHER_THAN,
	ALL_OF,
	NONE_OF,
	NETLINK,
};

/* A hook that a system call asks for, if its argument passes the test. The first hook of all is in no rule: 0 is none. */
struct rule {
	__u8 hook;
	__u8 argument;
	__u16 test;
	__u32 value;
};

#include "rules.h"

static __always_inline bool is_netlink(int fd)
{
	struct file *file = get_struct_file_for_fd(fd);
	struct socket *socket;

	if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & MODE_TYPE) != MODE_SOCKET)
		return false;
	socket = BPF_CORE_READ(file, private_data);
	return BPF_CORE_READ(socket, sk, __sk_common.skc_family) == AF_NETLINK;
}

static __always_inline unsigned long argument_of(struct pt_regs *regs, __u8 number)
{
	switch (number) {
	case 1:
		return jig_syscall_arg(regs, 1);
	case 2:
		return jig_syscall_arg(regs, 2);
	case 3:
		return jig_syscall_arg(regs, 3);
	}
	return jig_syscall_arg(regs, 4);
}

static __always_inline bool passes(const struct rule *rule, struct pt_regs *regs)
{
	unsigned long argument;

	if (rule->test == ALWAYS)
		return true;
	argument = argument_of(regs, rule->argument);
	switch (rule->test) {
	case EQUAL:
		return (__u32)argument == rule->value;
	case OTHER_THAN:
		return argument != rule->value;
	case ALL_OF:
		return (argument & rule->value) == rule->value;
	case NONE_OF:
		return (argument & rule->value) == 0;
	}
	return is_netlink(argument);
}

#define ASKED_FOR(name)                                                                                                \
	case name:                                                                                                     \
		return trace_##name;

static __noinline bool is_asked_for(__u32 hook)
{
	switch (hook) {
		LSM_HOOKS_BY_CALL(ASKED_FOR)
	}
	return false;
}

/* The numbers of 32-bit programs are others. */
int BPF_PROG(lsm_calls_t, struct pt_regs *regs, long number)
{
	if (number < 0 || number >= NR_LIMIT || jig_is_compat_syscall())
		return 0;
	for (int i = 0; i < MAX_RULES; i++) {
		const struct rule *rule = &rules[number & (NR_LIMIT - 1)][i];

		if (!rule->hook)
			break;
		if ((trace_all || is_asked_for(rule->hook)) && passes(rule, regs))
			report(ctx, rule->hook);
	}
	return 0;
}

#define BY_CALL(hook) IMITATION(hook, sys_enter, lsm_calls_t)
LSM_HOOKS_BY_CALL(BY_CALL)

char LICENSE[] SEC("license") = "GPL";
