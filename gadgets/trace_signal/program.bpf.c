// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports signals: as the kernel generates them, or the system calls that ask for them. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/syscall_regs.h>
#include <gadget/types.h>

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	__u32 tpid;
	gadget_signal sig_raw;
	gadget_errno error_raw;
};

/* 0 for all. */
const volatile int target_signal = 0;
GADGET_PARAM(target_signal);

const volatile bool failed_only = false;
GADGET_PARAM(failed_only);

const volatile bool kill_only = false;
GADGET_PARAM(kill_only);

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(signal, events, event);

static __always_inline int report(void *ctx, __u32 target, int signal, int error)
{
	struct event *event;

	if (failed_only && error == 0)
		return 0;
	if (target_signal && signal != target_signal)
		return 0;
	if (gadget_should_discard_data_current())
		return 0;
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->tpid = target;
	event->sig_raw = signal;
	event->error_raw = error;
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

SEC("tracepoint/signal/signal_generate")
int ig_sig_generate(struct trace_event_raw_signal_generate *ctx)
{
	return kill_only ? 0 : report(ctx, ctx->pid, ctx->sig, -ctx->errno);
}

/* All three calls have the signal last. */
static __always_inline int report_call(struct trace_event_raw_sys_exit *ctx, int target, int signal)
{
	struct pt_regs *regs = jig_current_user_regs();

	if (!kill_only)
		return 0;
	return report(ctx, jig_syscall_arg(regs, target), jig_syscall_arg(regs, signal), ctx->ret < 0 ? -ctx->ret : 0);
}

SEC("tracepoint/syscalls/sys_exit_kill")
int ig_sig_kill_x(struct trace_event_raw_sys_exit *ctx)
{
	return report_call(ctx, 1, 2);
}

SEC("tracepoint/syscalls/sys_exit_tkill")
int ig_sig_tkill_x(struct trace_event_raw_sys_exit *ctx)
{
	return report_call(ctx, 1, 2);
}

SEC("tracepoint/syscalls/sys_exit_tgkill")
int ig_sig_tgkill_x(struct trace_event_raw_sys_exit *ctx)
{
	return report_call(ctx, 2, 3);
}

char LICENSE[] SEC("license") = "GPL";
