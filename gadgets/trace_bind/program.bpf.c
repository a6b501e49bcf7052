// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports sockets that are bound to addresses. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/filesystem.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/syscall_regs.h>
#include <gadget/types.h>

#define MAX_ENTRIES 10240
#define AF_INET 2
#define AF_INET6 10
#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000

enum bind_options_set {
	FREEBIND = 1,
	TRANSPARENT = 2,
	BIND_ADDRESS_NO_PORT = 4,
	REUSEADDRESS = 8,
	REUSEPORT = 16,
} __attribute__((packed));

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_l4endpoint_t addr;
	struct gadget_process proc;
	gadget_errno error_raw;
	enum bind_options_set opts_raw;
	__u32 bound_dev_if;
};

const volatile bool ignore_errors = true;
GADGET_PARAM(ignore_errors);

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(bind, events, event);

/* What a thread binds, from entry to return. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, __u32);
	__type(value, struct socket *);
} sockets SEC(".maps");

/* Until 6.6 these were bit-fields. */
struct inet_sock___with_bits {
	__u8 freebind : 1;
	__u8 transparent : 1;
	__u8 bind_address_no_port : 1;
} __attribute__((preserve_access_index));

struct inet_sock___with_flags {
	unsigned long inet_flags;
} __attribute__((preserve_access_index));

#define FLAG_FREEBIND 11
#define FLAG_TRANSPARENT 15
#define FLAG_BIND_ADDRESS_NO_PORT 18

static __always_inline __u8 options_of(struct sock *sk)
{
	struct inet_sock___with_flags *flagged = (void *)sk;
	struct inet_sock___with_bits *bits = (void *)sk;
	__u8 options = 0;

	if (bpf_core_field_exists(flagged->inet_flags)) {
		unsigned long flags = BPF_CORE_READ(flagged, inet_flags);

		options |= flags & (1UL << FLAG_FREEBIND) ? FREEBIND : 0;
		options |= flags & (1UL << FLAG_TRANSPARENT) ? TRANSPARENT : 0;
		options |= flags & (1UL << FLAG_BIND_ADDRESS_NO_PORT) ? BIND_ADDRESS_NO_PORT : 0;
	} else {
		options |= BPF_CORE_READ_BITFIELD_PROBED(bits, freebind) ? FREEBIND : 0;
		options |= BPF_CORE_READ_BITFIELD_PROBED(bits, transparent) ? TRANSPARENT : 0;
		options |= BPF_CORE_READ_BITFIELD_PROBED(bits, bind_address_no_port) ? BIND_ADDRESS_NO_PORT : 0;
	}
	options |= BPF_CORE_READ_BITFIELD_PROBED(sk, __sk_common.skc_reuse) ? REUSEADDRESS : 0;
	options |= BPF_CORE_READ_BITFIELD_PROBED(sk, __sk_common.skc_reuseport) ? REUSEPORT : 0;
	return options;
}

static __always_inline int report(void *ctx, struct sock *sk, __u8 version, long result)
{
	struct event *event;

	if (ignore_errors && result != 0)
		return 0;
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	__builtin_memset(event, 0, sizeof(*event));
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->addr.version = version;
	if (version == 4)
		event->addr.addr_raw.v4 = BPF_CORE_READ((struct inet_sock *)sk, inet_saddr);
	else
		BPF_CORE_READ_INTO(&event->addr.addr_raw, sk, __sk_common.skc_v6_rcv_saddr);
	event->addr.port = bpf_ntohs(BPF_CORE_READ((struct inet_sock *)sk, inet_sport));
	event->addr.proto_raw = BPF_CORE_READ_BITFIELD_PROBED(sk, sk_protocol);
	event->error_raw = -result;
	event->opts_raw = options_of(sk);
	event->bound_dev_if = BPF_CORE_READ(sk, __sk_common.skc_bound_dev_if);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

static __always_inline int begin(struct socket *socket)
{
	__u32 tid = bpf_get_current_pid_tgid();

	if (!gadget_should_discard_data_current())
		bpf_map_update_elem(&sockets, &tid, &socket, BPF_ANY);
	return 0;
}

static __always_inline int end(void *ctx, __u8 version, int result)
{
	__u32 tid = bpf_get_current_pid_tgid();
	struct socket **socket = bpf_map_lookup_elem(&sockets, &tid);

	if (!socket)
		return 0;
	report(ctx, BPF_CORE_READ(*socket, sk), version, result);
	bpf_map_delete_elem(&sockets, &tid);
	return 0;
}

SEC("kprobe/inet_bind")
int BPF_KPROBE(ig_bind_ipv4_e, struct socket *socket)
{
	return begin(socket);
}

SEC("kretprobe/inet_bind")
int BPF_KRETPROBE(ig_bind_ipv4_x, int result)
{
	return end(ctx, 4, result);
}

SEC("kprobe/inet6_bind")
int BPF_KPROBE(ig_bind_ipv6_e, struct socket *socket)
{
	return begin(socket);
}

SEC("kretprobe/inet6_bind")
int BPF_KRETPROBE(ig_bind_ipv6_x, int result)
{
	return end(ctx, 6, result);
}

GADGET_JOB(bind, ig_bind_ipv4_e);
GADGET_JOB(bind, ig_bind_ipv4_x);
GADGET_JOB(bind, ig_bind_ipv6_e);
GADGET_JOB(bind, ig_bind_ipv6_x);

/* The system call when it returns: its descriptor leads to the socket. */
int ig_bind_x(struct trace_event_raw_sys_exit *ctx)
{
	struct socket *socket;
	struct file *file;
	struct sock *sk;
	__u16 family;

	if ((ignore_errors && ctx->ret != 0) || gadget_should_discard_data_current())
		return 0;
	file = get_struct_file_for_fd(jig_syscall_arg(jig_current_user_regs(), 1));
	if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & MODE_TYPE) != MODE_SOCKET)
		return 0;
	socket = BPF_CORE_READ(file, private_data);
	sk = BPF_CORE_READ(socket, sk);
	family = BPF_CORE_READ(sk, __sk_common.skc_family);
	if (family == AF_INET)
		return report(ctx, sk, 4, ctx->ret);
	if (family == AF_INET6)
		return report(ctx, sk, 6, ctx->ret);
	return 0;
}

GADGET_ALTERNATIVE(bind, 10, tracepoint, syscalls___sys_exit_bind, ig_bind_x);

int BPF_PROG(ig_bind_ipv4_f, struct socket *socket, struct sockaddr *address, int length, int result)
{
	return gadget_should_discard_data_current() ? 0 : report(ctx, BPF_CORE_READ(socket, sk), 4, result);
}

int BPF_PROG(ig_bind_ipv6_f, struct socket *socket, struct sockaddr *address, int length, int result)
{
	return gadget_should_discard_data_current() ? 0 : report(ctx, BPF_CORE_READ(socket, sk), 6, result);
}

GADGET_ALTERNATIVE(bind, 20, fexit, inet_bind, ig_bind_ipv4_f);
GADGET_ALTERNATIVE(bind, 20, fexit, inet6_bind, ig_bind_ipv6_f);

char LICENSE[] SEC("license") = "GPL";
