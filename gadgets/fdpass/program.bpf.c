// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports file descriptors that are sent through UNIX sockets. */
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

#if defined(__TARGET_ARCH_x86)
#define NR_SENDMSG 46
#define NR_SENDMMSG 307
#else
#define NR_SENDMSG 211
#define NR_SENDMMSG 269
#endif

#define AF_UNIX 1
#define SOL_SOCKET 1
#define SCM_RIGHTS 1
#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000
/* What the sender's descriptor is when it is not known, with io_uring for instance. */
#define UNKNOWN ((u32)-1)

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	u64 socket_ino;
	u32 sockfd;
	u32 fd;
	char file[GADGET_PATH_MAX];
};

/* The sending process; 0 for all. */
const volatile int target_pid = 0;
GADGET_PARAM(target_pid);

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(fdpass, events, event);

/* Inodes of the sockets through which threads are sending right now. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, u64);
	__type(value, u64);
} sending SEC(".maps");

/* Descriptors that such threads are looking up. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, u64);
	__type(value, u32);
} looked_up SEC(".maps");

static __always_inline bool is_discarded(void)
{
	if (target_pid && target_pid != (int)(bpf_get_current_pid_tgid() >> 32))
		return true;
	return gadget_should_discard_data_current();
}

static __always_inline u32 sending_descriptor(void)
{
	__u64 number = jig_syscall_number();

	return number == NR_SENDMSG || number == NR_SENDMMSG ? jig_syscall_arg(jig_current_user_regs(), 1) : UNKNOWN;
}

static __always_inline void report(void *ctx, u64 socket_ino, u32 sockfd, u32 fd, struct file *file)
{
	struct event *event = gadget_reserve_buf(&events, sizeof(*event));
	void *path;

	if (!event)
		return;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->socket_ino = socket_ino;
	event->sockfd = sockfd;
	event->fd = fd;
	event->file[0] = '\0';
	path = file ? get_path_str(&file->f_path) : 0;
	if (path)
		bpf_probe_read_kernel_str(event->file, sizeof(event->file), path);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
}

static __always_inline int begin(struct socket *socket)
{
	u64 thread = bpf_get_current_pid_tgid();
	u64 ino;

	if (is_discarded())
		return 0;
	ino = BPF_CORE_READ(socket, file, f_inode, i_ino);
	bpf_map_update_elem(&sending, &thread, &ino, BPF_ANY);
	return 0;
}

static __always_inline int end(void)
{
	u64 thread = bpf_get_current_pid_tgid();

	bpf_map_delete_elem(&sending, &thread);
	return 0;
}

static __always_inline int found(void *ctx, u32 fd, struct file *file)
{
	u64 thread = bpf_get_current_pid_tgid();
	u64 *ino = bpf_map_lookup_elem(&sending, &thread);

	if (ino)
		report(ctx, *ino, sending_descriptor(), fd, file);
	return 0;
}

SEC("kprobe/__scm_send")
int BPF_KPROBE(scm_snd_e, struct socket *socket)
{
	return begin(socket);
}

SEC("kretprobe/__scm_send")
int BPF_KRETPROBE(scm_snd_x)
{
	return end();
}

SEC("kprobe/fget_raw")
int BPF_KPROBE(fget_raw_e, unsigned int fd)
{
	u64 thread = bpf_get_current_pid_tgid();

	if (bpf_map_lookup_elem(&sending, &thread))
		bpf_map_update_elem(&looked_up, &thread, &fd, BPF_ANY);
	return 0;
}

SEC("kretprobe/fget_raw")
int BPF_KRETPROBE(fget_raw_x, struct file *file)
{
	u64 thread = bpf_get_current_pid_tgid();
	u32 *fd = bpf_map_lookup_elem(&looked_up, &thread);

	if (!fd)
		return 0;
	found(ctx, *fd, file);
	bpf_map_delete_elem(&looked_up, &thread);
	return 0;
}

GADGET_JOB(descriptors, scm_snd_e);
GADGET_JOB(descriptors, scm_snd_x);
GADGET_JOB(descriptors, fget_raw_e);
GADGET_JOB(descriptors, fget_raw_x);

int BPF_PROG(scm_snd_ef, struct socket *socket)
{
	return begin(socket);
}

int BPF_PROG(scm_snd_xf)
{
	return end();
}

int BPF_PROG(fget_raw_f, unsigned int fd, struct file *file)
{
	return found(ctx, fd, file);
}

GADGET_ALTERNATIVE(descriptors, 20, fentry, __scm_send, scm_snd_ef);
GADGET_ALTERNATIVE(descriptors, 20, fexit, __scm_send, scm_snd_xf);
GADGET_ALTERNATIVE(descriptors, 20, fexit, fget_raw, fget_raw_f);

/*
 * The system calls when they return: messages and their control buffers are read where the caller has them. Each step
 * of the walk reads one thing: the next message, the next header in its control buffer, or the next descriptor.
 */
#define MAX_STEPS 4096
/* Steps on kernels whose verifier follows each of them. */
#define MAX_STEPS_UNROLLED 12

struct walk {
	void *ctx;
	u64 socket_ino;
	u64 message; /* address of the next message */
	u64 messages; /* how many are left */
	u64 control; /* address of what is left of the control buffer */
	u64 control_left;
	u64 descriptor; /* address of the next descriptor */
	u64 descriptors; /* how many are left */
	u32 sockfd;
};

/* struct cmsghdr as user programs have it. */
struct control_header {
	u64 length;
	s32 level;
	s32 type;
};

static __always_inline bool next_message(struct walk *walk)
{
	struct user_msghdr header;

	if (!walk->messages)
		return false;
	if (bpf_probe_read_user(&header, sizeof(header), (void *)walk->message))
		return false;
	walk->control = (u64)header.msg_control;
	walk->control_left = header.msg_controllen;
	walk->message += sizeof(struct mmsghdr);
	walk->messages--;
	return true;
}

static __always_inline bool next_header(struct walk *walk)
{
	struct control_header header;
	u64 whole;

	if (bpf_probe_read_user(&header, sizeof(header), (void *)walk->control))
		return false;
	if (header.length < sizeof(header) || header.length > walk->control_left)
		return false;
	if (header.level == SOL_SOCKET && header.type == SCM_RIGHTS) {
		walk->descriptor = walk->control + sizeof(header);
		walk->descriptors = (header.length - sizeof(header)) / sizeof(int);
	}
	whole = (header.length + 7) & ~7ULL;
	walk->control += whole;
	walk->control_left -= whole < walk->control_left ? whole : walk->control_left;
	return true;
}

static __always_inline bool next_descriptor(struct walk *walk)
{
	int fd;

	if (bpf_probe_read_user(&fd, sizeof(fd), (void *)walk->descriptor))
		return false;
	walk->descriptor += sizeof(fd);
	walk->descriptors--;
	report(walk->ctx, walk->socket_ino, walk->sockfd, fd, get_struct_file_for_fd(fd));
	return true;
}

static __always_inline bool step(struct walk *walk)
{
	if (walk->descriptors)
		return next_descriptor(walk);
	if (walk->control_left >= sizeof(struct control_header))
		return next_header(walk);
	return next_message(walk);
}

static long step_of_loop(u32 index, struct walk *walk)
{
	return step(walk) ? 0 : 1;
}

static __always_inline int report_sent(void *ctx, u64 messages)
{
	struct pt_regs *regs = jig_current_user_regs();
	struct walk walk = { .ctx = ctx, .messages = messages };
	struct file *file;
	struct socket *socket;

	walk.sockfd = jig_syscall_arg(regs, 1);
	walk.message = jig_syscall_arg(regs, 2);
	file = get_struct_file_for_fd(walk.sockfd);
	if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & MODE_TYPE) != MODE_SOCKET)
		return 0;
	socket = BPF_CORE_READ(file, private_data);
	if (BPF_CORE_READ(socket, sk, __sk_common.skc_family) != AF_UNIX || is_discarded())
		return 0;
	walk.socket_ino = BPF_CORE_READ(file, f_inode, i_ino);
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)) {
		bpf_loop(MAX_STEPS, step_of_loop, &walk, 0);
		return 0;
	}
	for (int i = 0; i < MAX_STEPS_UNROLLED; i++) {
		if (!step(&walk))
			break;
	}
	return 0;
}

int sendmsg_x(struct trace_event_raw_sys_exit *ctx)
{
	return report_sent(ctx, 1);
}

/* The message that failed is not counted in the result. */
int sendmmsg_x(struct trace_event_raw_sys_exit *ctx)
{
	return report_sent(ctx, ctx->ret > 0 ? ctx->ret : 1);
}

GADGET_ALTERNATIVE(descriptors, 60, tracepoint, syscalls___sys_exit_sendmsg, sendmsg_x);
GADGET_ALTERNATIVE(descriptors, 60, tracepoint, syscalls___sys_exit_sendmmsg, sendmmsg_x);

char LICENSE[] SEC("license") = "GPL";
