// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * Reports program executions. The entry of the system call is where filters are applied and time is taken; a
 * successful execution is reported by the scheduler's tracepoint, a failed one when the call returns.
 */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/core_fixes.bpf.h>
#include <gadget/filesystem.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/syscall_regs.h>
#include <gadget/types.h>

#define ARGS_MAX 5120
#define ARG_MAX_LENGTH 255
#define ARG_MAX_COUNT 20
/* Behind this offset there is no room for one more argument of a failed execution. */
#define ARGS_LAST_START (ARGS_MAX - 256)
#define UNSET_ID ((__u32)-1)
#define OVERLAYFS_MAGIC 0x794c7630

/* Kernels without auditing have neither, and nor has a vmlinux.h made on one. */
struct task_struct___audit {
	kuid_t loginuid;
	unsigned int sessionid;
} __attribute__((preserve_access_index));

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	gadget_uid loginuid;
	__u32 sessionid;
	gadget_errno error_raw;
	int args_count;
	int tty;
	unsigned int tty_major;
	unsigned int tty_minor;
	bool from_rootfs;
	bool file_from_rootfs;
	bool upper_layer;
	bool fupper_layer;
	bool pupper_layer;
	unsigned int args_size;
	char cwd[GADGET_PATH_MAX];
	char file[GADGET_PATH_MAX];
	unsigned int dev_major;
	unsigned int dev_minor;
	unsigned long inode;
	__u64 ctime;
	__u64 fctime;
	__u64 pctime;
	char exepath[GADGET_PATH_MAX];
	char parent_exepath[GADGET_PATH_MAX];
	char args[ARGS_MAX];
};

/* An execution that has begun. */
struct begun {
	__u64 timestamp;
	const char *const *argv;
	/* The file that was asked for, from its first sight on. */
	struct file *file;
	bool noted;
};

/* What is told of the file that was asked for. Of a script, it is closed before the interpreter runs. */
struct executed {
	bool from_rootfs;
	bool upper_layer;
	unsigned int dev_major;
	unsigned int dev_minor;
	unsigned long inode;
	__u64 ctime;
	char path[GADGET_PATH_MAX];
};

const volatile bool ignore_failed = true;
GADGET_PARAM(ignore_failed);

const volatile bool paths = false;
GADGET_PARAM(paths);

GADGET_TRACER_MAP(events, 1024 * 1024);
GADGET_TRACER(exec, events, event);

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u32);
	__type(value, struct begun);
} executions SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u32);
	__type(value, struct executed);
} executed_files SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct event);
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct executed);
} executed_scratch SEC(".maps");

static __always_inline int begin(const char *const *argv)
{
	struct begun begun = { .argv = argv };
	__u32 tid = bpf_get_current_pid_tgid();

	if (gadget_should_discard_data_current())
		return 0;
	begun.timestamp = bpf_ktime_get_boot_ns();
	bpf_map_update_elem(&executions, &tid, &begun, BPF_ANY);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_execve")
int ig_execve_e(struct trace_event_raw_sys_enter *ctx)
{
	return begin((const char *const *)ctx->args[1]);
}

SEC("tracepoint/syscalls/sys_enter_execveat")
int ig_execveat_e(struct trace_event_raw_sys_enter *ctx)
{
	return begin((const char *const *)ctx->args[2]);
}

/* Whether overlayfs keeps the inode in its writable layer: the pointer behind struct inode is the upper entry. */
static __always_inline bool is_upper_layer(struct inode *inode)
{
	void *upper = 0;

	if (BPF_CORE_READ(inode, i_sb, s_magic) != OVERLAYFS_MAGIC)
		return false;
	bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + bpf_core_type_size(struct inode));
	return upper != 0;
}

static __always_inline bool is_on_root_mount(struct task_struct *task, struct file *file)
{
	return BPF_CORE_READ(file, f_path.mnt) == BPF_CORE_READ(task, fs, root.mnt);
}

static __always_inline void fill_session(struct event *event, struct task_struct *task)
{
	struct task_struct___audit *audited = (struct task_struct___audit *)task;
	struct tty_struct *tty = BPF_CORE_READ(task, signal, tty);

	event->loginuid = UNSET_ID;
	event->sessionid = UNSET_ID;
	if (bpf_core_field_exists(audited->loginuid))
		event->loginuid = BPF_CORE_READ(audited, loginuid.val);
	if (bpf_core_field_exists(audited->sessionid))
		event->sessionid = BPF_CORE_READ(audited, sessionid);
	event->tty = 0;
	event->tty_major = 0;
	event->tty_minor = 0;
	if (tty) {
		event->tty = BPF_CORE_READ(tty, index);
		event->tty_major = BPF_CORE_READ(tty, driver, major);
		event->tty_minor = BPF_CORE_READ(tty, driver, minor_start) + event->tty;
	}
}

static __always_inline void fill_path(char *target, const struct path *path)
{
	void *text = get_path_str(path);

	if (!text || bpf_probe_read_kernel_str(target, GADGET_PATH_MAX, text) < 0)
		target[0] = '\0';
}

/* Everything that an event has even if nothing is known about the files. */
static __always_inline void fill_common(struct event *event, struct task_struct *task, __u64 timestamp)
{
	struct fs_struct *fs = BPF_CORE_READ(task, fs);

	event->timestamp_raw = timestamp;
	gadget_process_populate(&event->proc);
	fill_session(event, task);
	event->error_raw = 0;
	event->args_count = 0;
	event->args_size = 0;
	event->from_rootfs = false;
	event->file_from_rootfs = false;
	event->upper_layer = false;
	event->fupper_layer = false;
	event->pupper_layer = false;
	event->cwd[0] = '\0';
	event->file[0] = '\0';
	event->dev_major = 0;
	event->dev_minor = 0;
	event->inode = 0;
	event->ctime = 0;
	event->fctime = 0;
	event->pctime = 0;
	event->exepath[0] = '\0';
	event->parent_exepath[0] = '\0';
	if (paths)
		fill_path(event->cwd, &fs->pwd);
}

/* Notes what is told of a file that is open. */
static __always_inline void describe(struct executed *executed, struct task_struct *task, struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	executed->from_rootfs = is_on_root_mount(task, file);
	executed->upper_layer = is_upper_layer(inode);
	executed->ctime = gadget_get_ctime_nanosec_from_inode(inode);
	executed->dev_major = 0;
	executed->dev_minor = 0;
	executed->inode = 0;
	executed->path[0] = '\0';
	if (paths) {
		dev_t device = BPF_CORE_READ(inode, i_sb, s_dev);

		executed->dev_major = device >> 20;
		executed->dev_minor = device & ((1 << 20) - 1);
		executed->inode = BPF_CORE_READ(inode, i_ino);
		fill_path(executed->path, &file->f_path);
	}
}

/* Notes the file of an execution, once: what is opened after it is an interpreter. One that could not be opened has no inode. */
static __always_inline void note(struct begun *begun, __u32 tid, struct file *file)
{
	__u32 zero = 0;
	struct executed *executed = bpf_map_lookup_elem(&executed_scratch, &zero);

	if (begun->noted || !executed || !BPF_CORE_READ(file, f_inode))
		return;
	describe(executed, (struct task_struct *)bpf_get_current_task(), file);
	bpf_map_update_elem(&executed_files, &tid, executed, BPF_ANY);
	begun->noted = true;
}

static __always_inline void fill_file(struct event *event, struct executed *executed)
{
	event->file_from_rootfs = executed->from_rootfs;
	event->fupper_layer = executed->upper_layer;
	event->fctime = executed->ctime;
	event->dev_major = executed->dev_major;
	event->dev_minor = executed->dev_minor;
	event->inode = executed->inode;
	__builtin_memcpy(event->file, executed->path, sizeof(event->file));
}

/* What was noted of the file, if anything. */
static __always_inline void fill_noted(struct event *event, struct begun *begun, __u32 tid)
{
	struct executed *executed;

	if (!begun->noted)
		return;
	executed = bpf_map_lookup_elem(&executed_files, &tid);
	if (executed)
		fill_file(event, executed);
}

static __always_inline void forget(struct begun *begun, __u32 tid)
{
	if (begun->noted)
		bpf_map_delete_elem(&executed_files, &tid);
	bpf_map_delete_elem(&executions, &tid);
}

static __always_inline int on_check(struct linux_binprm *bprm)
{
	__u32 tid = bpf_get_current_pid_tgid();
	struct begun *begun = bpf_map_lookup_elem(&executions, &tid);

	if (begun)
		note(begun, tid, BPF_CORE_READ(bprm, file));
	return 0;
}

SEC("kprobe/security_bprm_check")
int BPF_KPROBE(ig_bprm_check, struct linux_binprm *bprm)
{
	return on_check(bprm);
}
GADGET_JOB(file, ig_bprm_check);
GADGET_JOB_OPTIONAL(file);

int BPF_PROG(ig_bprm_check_l, struct linux_binprm *bprm)
{
	return on_check(bprm);
}
GADGET_ALTERNATIVE(file, 10, lsm, bprm_check_security, ig_bprm_check_l);

int BPF_PROG(ig_bprm_check_f, struct linux_binprm *bprm)
{
	return on_check(bprm);
}
GADGET_ALTERNATIVE(file, 20, fentry, security_bprm_check, ig_bprm_check_f);

/*
 * The first file that a thread allocates within execve is the one that is executed. It is not filled in yet then, so it
 * is read when the next one is allocated: the interpreter, or the dynamic linker.
 */
const volatile __u64 allocation_start = 0;
const volatile __u64 allocation_end = 0;
GADGET_KSYM(allocation_start, alloc_empty_file);
GADGET_KSYM_END(allocation_end, alloc_empty_file);
GADGET_KSYM(allocation_start, __alloc_file);
GADGET_KSYM_END(allocation_end, __alloc_file);

int BPF_PROG(ig_file_allocated, unsigned long call_site, struct file *file)
{
	struct begun *begun;
	__u32 tid;

	if (call_site < allocation_start || call_site >= allocation_end)
		return 0;
	tid = bpf_get_current_pid_tgid();
	begun = bpf_map_lookup_elem(&executions, &tid);
	if (!begun)
		return 0;
	if (!begun->file)
		begun->file = file;
	else
		note(begun, tid, begun->file);
	return 0;
}
GADGET_ALTERNATIVE(file, 60, tp_btf, kmem_cache_alloc, ig_file_allocated);

static __always_inline void fill_executables(struct event *event, struct task_struct *task)
{
	struct file *own = BPF_CORE_READ(task, mm, exe_file);
	struct file *parents = BPF_CORE_READ(task, real_parent, mm, exe_file);
	struct inode *inode = BPF_CORE_READ(own, f_inode);
	struct inode *parent_inode = BPF_CORE_READ(parents, f_inode);

	event->from_rootfs = is_on_root_mount(task, own);
	event->upper_layer = is_upper_layer(inode);
	event->ctime = gadget_get_ctime_nanosec_from_inode(inode);
	if (parent_inode) {
		event->pupper_layer = is_upper_layer(parent_inode);
		event->pctime = gadget_get_ctime_nanosec_from_inode(parent_inode);
	}
	if (paths) {
		fill_path(event->exepath, &own->f_path);
		if (parents)
			fill_path(event->parent_exepath, &parents->f_path);
	}
}

static __always_inline void send(void *ctx, struct event *event)
{
	__u64 size = event->args_size;

	if (size > ARGS_MAX)
		size = ARGS_MAX;
	gadget_output_buf(ctx, &events, event, offsetof(struct event, args) + size);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(ig_sched_exec, struct task_struct *task, pid_t old_pid, struct linux_binprm *bprm)
{
	__u32 tid = old_pid, zero = 0;
	struct begun *begun = bpf_map_lookup_elem(&executions, &tid);
	struct event *event = bpf_map_lookup_elem(&scratch, &zero);
	unsigned long start, size;

	if (!begun || !event)
		return 0;
	fill_common(event, task, begun->timestamp);
	/* Without a job that notes it, the file of a script is that of its interpreter. */
	note(begun, tid, begun->file ? begun->file : bprm->file);
	fill_noted(event, begun, tid);
	fill_executables(event, task);
	start = BPF_CORE_READ(task, mm, arg_start);
	size = BPF_CORE_READ(task, mm, arg_end) - start;
	if (size > ARGS_MAX)
		size = ARGS_MAX;
	if (!bpf_probe_read_user(event->args, size, (void *)start)) {
		event->args_size = size;
		event->args_count = size;
	}
	send(ctx, event);
	forget(begun, tid);
	return 0;
}

/* Copies the arguments one by one: the new program's memory, where they lie in a row, was never made. */
static __always_inline void fill_arguments(struct event *event, const char *const *argv)
{
	__u32 size = 0;

	for (int i = 0; i < ARG_MAX_COUNT; i++) {
		const char *argument = 0;
		long length;

		if (bpf_probe_read_user(&argument, sizeof(argument), &argv[i]) || !argument)
			break;
		if (size > ARGS_LAST_START)
			break;
		length = bpf_probe_read_user_str(&event->args[size], ARG_MAX_LENGTH, argument);
		if (length <= 0)
			break;
		event->args_count++;
		size += length;
	}
	event->args_size = size;
}

#define ERROR_TOO_BIG 7
#define ERROR_NO_EXECUTABLE 8
#define ERROR_NO_MEMORY 12
#define ERROR_INVALID 22

/* Whether an execution failed behind the opening of its file, which is then released only after the call. */
static __always_inline bool was_opened(long result)
{
	return result == -ERROR_TOO_BIG || result == -ERROR_NO_EXECUTABLE || result == -ERROR_NO_MEMORY ||
	       result == -ERROR_INVALID;
}

static __always_inline int end(void *ctx, long result)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	__u32 tid = bpf_get_current_pid_tgid(), zero = 0;
	struct begun *begun = bpf_map_lookup_elem(&executions, &tid);
	struct event *event = bpf_map_lookup_elem(&scratch, &zero);

	if (!begun || !event)
		return 0;
	if (!ignore_failed && result < 0) {
		fill_common(event, task, begun->timestamp);
		event->error_raw = -result;
		fill_arguments(event, begun->argv);
		if (begun->file && was_opened(result))
			note(begun, tid, begun->file);
		fill_noted(event, begun, tid);
		if (paths) {
			struct file *own = BPF_CORE_READ(task, mm, exe_file);

			fill_path(event->exepath, &own->f_path);
		}
		send(ctx, event);
	}
	forget(begun, tid);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_execve")
int ig_execve_x(struct trace_event_raw_sys_exit *ctx)
{
	return end(ctx, ctx->ret);
}

SEC("tracepoint/syscalls/sys_exit_execveat")
int ig_execveat_x(struct trace_event_raw_sys_exit *ctx)
{
	return end(ctx, ctx->ret);
}

char LICENSE[] SEC("license") = "GPL";
