// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts how much threads read from and write to files. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/common.h>
#include <gadget/filesystem.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/maps.bpf.h>
#include <gadget/syscall_regs.h>
#include <gadget/types.h>

#define MAX_ENTRIES 10240
#define MODE_TYPE 0170000
#define MODE_REGULAR 0100000
#define MODE_SOCKET 0140000
#define EBADF 9

/* Regular, socket, other. */
enum type {
	R,
	S,
	O,
};

enum direction {
	READ,
	WRITE,
};

struct file_id {
	__u64 inode;
	__u32 dev;
	__u64 __pid_tgid;
};

struct file_stat {
	struct gadget_process proc;
	__u64 reads;
	gadget_bytes rbytes_raw;
	__u64 writes;
	gadget_bytes wbytes_raw;
	char file[GADGET_PATH_MAX];
	enum type t_raw;
};

const volatile bool all_files = false;
GADGET_PARAM(all_files);

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct file_id);
	__type(value, struct file_stat);
} stats SEC(".maps");

GADGET_MAPITER(file, stats);

static const struct file_stat no_stat;

static __always_inline enum type type_of(umode_t mode)
{
	switch (mode & MODE_TYPE) {
	case MODE_REGULAR:
		return R;
	case MODE_SOCKET:
		return S;
	default:
		return O;
	}
}

static __always_inline void describe(struct file_stat *stat, struct file *file, enum type type)
{
	void *path = get_path_str(&file->f_path);

	gadget_process_populate(&stat->proc);
	stat->t_raw = type;
	if (path)
		bpf_probe_read_kernel_str(stat->file, sizeof(stat->file), path);
}

static __always_inline int account(struct file *file, __u64 count, enum direction direction)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	enum type type = type_of(BPF_CORE_READ(inode, i_mode));
	struct file_stat *stat;
	struct file_id id;

	if (!all_files && type != R)
		return 0;
	if (gadget_should_discard_data_current())
		return 0;
	/* The bytes between the members are part of the key. */
	__builtin_memset(&id, 0, sizeof(id));
	id.inode = BPF_CORE_READ(inode, i_ino);
	id.dev = BPF_CORE_READ(inode, i_rdev);
	id.__pid_tgid = bpf_get_current_pid_tgid();
	stat = bpf_map_lookup_or_try_init(&stats, &id, &no_stat);
	if (!stat)
		return 0;
	/* Only this thread has this key. */
	if (!stat->proc.pid)
		describe(stat, file, type);
	if (direction == READ) {
		__sync_fetch_and_add(&stat->reads, 1);
		__sync_fetch_and_add(&stat->rbytes_raw, count);
	} else {
		__sync_fetch_and_add(&stat->writes, 1);
		__sync_fetch_and_add(&stat->wbytes_raw, count);
	}
	return 0;
}

SEC("kprobe/vfs_read")
int BPF_KPROBE(ig_topfile_rd_e, struct file *file, char *buf, size_t count)
{
	return account(file, count, READ);
}

SEC("kprobe/vfs_write")
int BPF_KPROBE(ig_topfile_wr_e, struct file *file, const char *buf, size_t count)
{
	return account(file, count, WRITE);
}

GADGET_JOB(access, ig_topfile_rd_e);
GADGET_JOB(access, ig_topfile_wr_e);

int BPF_PROG(ig_topfile_rd_f, struct file *file, char *buf, size_t count)
{
	return account(file, count, READ);
}

int BPF_PROG(ig_topfile_wr_f, struct file *file, const char *buf, size_t count)
{
	return account(file, count, WRITE);
}

GADGET_ALTERNATIVE(access, 10, fentry, vfs_read, ig_topfile_rd_f);
GADGET_ALTERNATIVE(access, 10, fentry, vfs_write, ig_topfile_wr_f);

/* Without probes at functions: the system calls when they return, their arguments still being in the registers. */
static __always_inline int account_call(struct trace_event_raw_sys_exit *ctx, enum direction direction)
{
	struct pt_regs *regs;
	struct file *file;

	if (ctx->ret == -EBADF)
		return 0;
	regs = jig_current_user_regs();
	file = get_struct_file_for_fd(jig_syscall_arg(regs, 1));
	return file ? account(file, jig_syscall_arg(regs, 3), direction) : 0;
}

int ig_topfile_rd_x(struct trace_event_raw_sys_exit *ctx)
{
	return account_call(ctx, READ);
}

int ig_topfile_prd_x(struct trace_event_raw_sys_exit *ctx)
{
	return account_call(ctx, READ);
}

int ig_topfile_wr_x(struct trace_event_raw_sys_exit *ctx)
{
	return account_call(ctx, WRITE);
}

int ig_topfile_pwr_x(struct trace_event_raw_sys_exit *ctx)
{
	return account_call(ctx, WRITE);
}

GADGET_ALTERNATIVE(access, 60, tracepoint, syscalls___sys_exit_read, ig_topfile_rd_x);
GADGET_ALTERNATIVE(access, 60, tracepoint, syscalls___sys_exit_pread64, ig_topfile_prd_x);
GADGET_ALTERNATIVE(access, 60, tracepoint, syscalls___sys_exit_write, ig_topfile_wr_x);
GADGET_ALTERNATIVE(access, 60, tracepoint, syscalls___sys_exit_pwrite64, ig_topfile_pwr_x);
GADGET_VARIANT_NAME(access, 60, syscalls);

char LICENSE[] SEC("license") = "GPL";
