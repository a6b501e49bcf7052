// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Hooks that a locked-down kernel refuses. Each tells that it was hit, and then hardly again. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <gadget/buffer.h>
#include <gadget/macros.h>

enum hook {
	function_with_offset,
	copy_by_compiler,
	function_return,
	system_call,
	modified_return,
	function_exit,
	module_function,
	hooks,
};

struct event {
	enum hook hook_raw;
};

GADGET_TRACER_MAP(events, 65536);
GADGET_TRACER(hits, events, event);

__u32 told[hooks];

static __always_inline int tell(void *ctx, enum hook hook)
{
	struct event event = { .hook_raw = hook };

	if (told[hook])
		return 0;
	told[hook] = 1;
	gadget_output_buf(ctx, &events, &event, sizeof(event));
	return 0;
}

/* Behind the place where the kernel's own tracing comes in. */
SEC("kprobe/do_sys_openat2+5")
int with_offset(void *ctx) { return tell(ctx, function_with_offset); }

/* There is do_execveat_common.isra.0 only. */
SEC("kprobe/do_execveat_common")
int copied(void *ctx) { return tell(ctx, copy_by_compiler); }

SEC("kretprobe/do_sys_openat2")
int returned(void *ctx) { return tell(ctx, function_return); }

SEC("ksyscall/openat")
int called(void *ctx) { return tell(ctx, system_call); }

SEC("fmod_ret/security_file_open")
int modified(void *ctx) { return tell(ctx, modified_return); }

SEC("fexit/do_filp_open")
int left(void *ctx) { return tell(ctx, function_exit); }

SEC("kprobe/overlay:ovl_open")
int in_module(void *ctx) { return tell(ctx, module_function); }

char LICENSE[] SEC("license") = "GPL";
