// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports open() and openat() when they return: their arguments are then still in the saved registers. */
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
#include <gadget/user_stack_map.h>

#define NAME_MAX 255

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	gadget_errno error_raw;
	__u32 fd;
	gadget_file_flags flags_raw;
	gadget_file_mode mode_raw;
	struct gadget_user_stack ustack;
	char fname[NAME_MAX];
	char fpath[GADGET_PATH_MAX];
};

const volatile bool targ_failed = false;
GADGET_PARAM(targ_failed);

const volatile bool paths = false;
GADGET_PARAM(paths);

GADGET_TRACER_MAP(events, 1024 * 1024 * 4);
GADGET_TRACER(open, events, event);

/* Where a record is put together: only its used part goes through the ring. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct event);
} scratch SEC(".maps");

/* Fills in the names, which are the record's tail; returns the number of bytes to send. */
static __always_inline __u64 fill_names(struct event *event, const char *name, long result)
{
	long length = bpf_probe_read_user_str(event->fname, sizeof(event->fname), name);

	if (length <= 0) {
		event->fname[0] = '\0';
		length = 1;
	}
	if (paths && result >= 0) {
		long path_length = read_full_path_of_open_file_fd(result, event->fpath, sizeof(event->fpath));

		if (path_length > 0)
			return offsetof(struct event, fpath) + path_length;
	}
	return offsetof(struct event, fname) + length;
}

static __always_inline int report(void *ctx, long result, const char *name, int flags, unsigned short mode)
{
	struct event *event;
	__u32 zero = 0;
	__u64 size;

	event = bpf_map_lookup_elem(&scratch, &zero);
	if (!event)
		return 0;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->error_raw = result < 0 ? -result : 0;
	event->fd = result < 0 ? 0 : result;
	event->flags_raw = flags;
	event->mode_raw = mode;
	gadget_get_user_stack_from_tracepoint(ctx, &event->ustack);
	size = fill_names(event, name, result);
	if (size <= sizeof(*event))
		gadget_output_buf(ctx, &events, event, size);
	return 0;
}

static __always_inline bool is_unwanted(long result)
{
	return (targ_failed && result >= 0) || gadget_should_discard_data_current();
}

#ifdef __TARGET_ARCH_x86
SEC("tracepoint/syscalls/sys_exit_open")
int ig_open_x(struct trace_event_raw_sys_exit *ctx)
{
	struct pt_regs *regs;

	if (is_unwanted(ctx->ret))
		return 0;
	regs = jig_current_user_regs();
	return report(ctx, ctx->ret, (const char *)jig_syscall_arg(regs, 1), jig_syscall_arg(regs, 2),
		      jig_syscall_arg(regs, 3));
}
#endif

SEC("tracepoint/syscalls/sys_exit_openat")
int ig_openat_x(struct trace_event_raw_sys_exit *ctx)
{
	struct pt_regs *regs;

	if (is_unwanted(ctx->ret))
		return 0;
	regs = jig_current_user_regs();
	return report(ctx, ctx->ret, (const char *)jig_syscall_arg(regs, 2), jig_syscall_arg(regs, 3),
		      jig_syscall_arg(regs, 4));
}

char LICENSE[] SEC("license") = "GPL";
