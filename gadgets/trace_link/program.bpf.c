// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports attempts to make hard and symbolic links. */
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

#define AT_FDCWD -100
#define AT_SYMLINK_FOLLOW 0x400

enum link_type {
	HARDLINK = 0,
	SYMLINK = 1,
};

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	enum link_type type_raw;
	char target[GADGET_PATH_MAX];
	char linkpath[GADGET_PATH_MAX];
};

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(link, events, event);

static __always_inline struct event *begin(enum link_type type)
{
	struct event *event;

	if (gadget_should_discard_data_current())
		return 0;
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->type_raw = type;
	event->target[0] = '\0';
	event->linkpath[0] = '\0';
	return event;
}

/* The path of an entry, which need not exist yet, below a mount. */
static __always_inline void fill_path(char *text, struct vfsmount *mount, struct dentry *dentry)
{
	struct path path = { .mnt = mount, .dentry = dentry };
	void *found = get_path_str(&path);

	if (found)
		bpf_probe_read_kernel_str(text, GADGET_PATH_MAX, found);
}

static __always_inline int report_hard(void *ctx, struct dentry *old, const struct path *directory, struct dentry *entry)
{
	struct event *event = begin(HARDLINK);

	if (!event)
		return 0;
	fill_path(event->target, BPF_CORE_READ(directory, mnt), old);
	fill_path(event->linkpath, BPF_CORE_READ(directory, mnt), entry);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

static __always_inline int report_symbolic(void *ctx, const struct path *directory, struct dentry *entry,
					   const char *target)
{
	struct event *event = begin(SYMLINK);

	if (!event)
		return 0;
	bpf_probe_read_kernel_str(event->target, sizeof(event->target), target);
	fill_path(event->linkpath, BPF_CORE_READ(directory, mnt), entry);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

SEC("kprobe/security_path_link")
int BPF_KPROBE(ig_trace_link, struct dentry *old, const struct path *directory, struct dentry *entry)
{
	return report_hard(ctx, old, directory, entry);
}

SEC("kprobe/security_path_symlink")
int BPF_KPROBE(ig_trace_symlink, const struct path *directory, struct dentry *entry, const char *target)
{
	return report_symbolic(ctx, directory, entry, target);
}

GADGET_JOB(link, ig_trace_link);
GADGET_JOB(link, ig_trace_symlink);

int BPF_PROG(ig_trace_link_l, struct dentry *old, const struct path *directory, struct dentry *entry)
{
	return report_hard(ctx, old, directory, entry);
}

int BPF_PROG(ig_trace_symlink_l, const struct path *directory, struct dentry *entry, const char *target)
{
	return report_symbolic(ctx, directory, entry, target);
}

GADGET_ALTERNATIVE(link, 10, lsm, path_link, ig_trace_link_l);
GADGET_ALTERNATIVE(link, 10, lsm, path_symlink, ig_trace_symlink_l);

int BPF_PROG(ig_trace_link_f, struct dentry *old, const struct path *directory, struct dentry *entry)
{
	return report_hard(ctx, old, directory, entry);
}

int BPF_PROG(ig_trace_symlink_f, const struct path *directory, struct dentry *entry, const char *target)
{
	return report_symbolic(ctx, directory, entry, target);
}

GADGET_ALTERNATIVE(link, 20, fentry, security_path_link, ig_trace_link_f);
GADGET_ALTERNATIVE(link, 20, fentry, security_path_symlink, ig_trace_symlink_f);

/*
 * The system calls when they return. A path is what the caller gave, behind that of the directory from which it starts.
 * Symbolic links on the way, "." and ".." are still in it: two slashes in front ask user space to resolve it, and "//./"
 * also to follow its last part.
 */
#define AREA_START (JIG_PATH_HALF + 4096)

static __always_inline const struct path *start_of(int directory, const char *given)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	struct file *file;
	char first = 0;

	bpf_probe_read_user(&first, sizeof(first), given);
	if (first == '/')
		return &fs->root;
	if (directory == AT_FDCWD)
		return &fs->pwd;
	file = get_struct_file_for_fd(directory);
	return file ? &file->f_path : 0;
}

static __always_inline void fill_given(char *text, int directory, const char *given, bool follow)
{
	const struct path *start = start_of(directory, given);
	buf_t *buf = get_buf(STRING_BUF_IDX);
	u32 before = follow ? 3 : 1;
	char *area;
	void *base;
	long length;
	u32 at;

	if (!start || !buf)
		return;
	base = get_path_str(start);
	if (!base)
		return;
	area = (char *)&buf->buf[AREA_START];
	length = bpf_probe_read_kernel_str(area, GADGET_PATH_MAX, base);
	if (length < 1)
		return;
	at = (length - 1) & (GADGET_PATH_MAX - 1);
	area[at] = '/';
	bpf_probe_read_user_str(&area[at + 1], GADGET_PATH_MAX, given);
	text[0] = '/';
	text[1] = '/';
	text[2] = '.';
	bpf_probe_read_kernel_str(text + before, GADGET_PATH_MAX - before, area);
}

static __always_inline int report_link_call(void *ctx, int old_directory, unsigned long old, int directory,
					    unsigned long name, bool follow)
{
	struct event *event = begin(HARDLINK);

	if (!event)
		return 0;
	fill_given(event->target, old_directory, (const char *)old, follow);
	fill_given(event->linkpath, directory, (const char *)name, false);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

static __always_inline int report_symlink_call(void *ctx, unsigned long target, int directory, unsigned long name)
{
	struct event *event = begin(SYMLINK);

	if (!event)
		return 0;
	bpf_probe_read_user_str(event->target, sizeof(event->target), (const char *)target);
	fill_given(event->linkpath, directory, (const char *)name, false);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

int ig_linkat_x(void *ctx)
{
	struct pt_regs *regs = jig_current_user_regs();
	bool follow = jig_syscall_arg(regs, 5) & AT_SYMLINK_FOLLOW;

	return report_link_call(ctx, jig_syscall_arg(regs, 1), jig_syscall_arg(regs, 2), jig_syscall_arg(regs, 3),
				jig_syscall_arg(regs, 4), follow);
}

int ig_symlinkat_x(void *ctx)
{
	struct pt_regs *regs = jig_current_user_regs();

	return report_symlink_call(ctx, jig_syscall_arg(regs, 1), jig_syscall_arg(regs, 2), jig_syscall_arg(regs, 3));
}

GADGET_ALTERNATIVE(link, 60, tracepoint, syscalls___sys_exit_linkat, ig_linkat_x);
GADGET_ALTERNATIVE(link, 60, tracepoint, syscalls___sys_exit_symlinkat, ig_symlinkat_x);

#if defined(__TARGET_ARCH_x86)
int ig_link_x(void *ctx)
{
	struct pt_regs *regs = jig_current_user_regs();

	return report_link_call(ctx, AT_FDCWD, jig_syscall_arg(regs, 1), AT_FDCWD, jig_syscall_arg(regs, 2), false);
}

int ig_symlink_x(void *ctx)
{
	struct pt_regs *regs = jig_current_user_regs();

	return report_symlink_call(ctx, jig_syscall_arg(regs, 1), AT_FDCWD, jig_syscall_arg(regs, 2));
}

GADGET_ALTERNATIVE(link, 60, tracepoint, syscalls___sys_exit_link, ig_link_x);
GADGET_ALTERNATIVE(link, 60, tracepoint, syscalls___sys_exit_symlink, ig_symlink_x);
#endif

char LICENSE[] SEC("license") = "GPL";
