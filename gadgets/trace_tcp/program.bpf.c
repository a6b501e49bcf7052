// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports TCP connections that are opened, accepted and closed. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/filesystem.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/syscall_regs.h>
#include <gadget/types.h>

#define MAX_CONNECTING 8192
#define AF_INET 2
#define AF_INET6 10
#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000

#if defined(__TARGET_ARCH_x86)
#define NR_CONNECT 42
#define NR_SENDTO 44
#define NR_SENDMSG 46
#define NR_SENDMMSG 307
#define NR_CLOSE 3
#else
#define NR_CONNECT 203
#define NR_SENDTO 206
#define NR_SENDMSG 211
#define NR_SENDMMSG 269
#define NR_CLOSE 57
#endif

enum event_type {
	connect = 0,
	accept = 1,
	close = 2,
} __attribute__((packed));

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	gadget_netns_id netns_id;
	struct gadget_l4endpoint_t src;
	struct gadget_l4endpoint_t dst;
	enum event_type type_raw;
	gadget_errno error_raw;
	int fd;
	int accept_fd;
};

const volatile bool accept_only = false;
GADGET_PARAM(accept_only);

const volatile bool connect_only = false;
GADGET_PARAM(connect_only);

const volatile bool failure_only = false;
GADGET_PARAM(failure_only);

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(tracetcp, events, event);

/* Who opens a connection. What becomes of it is seen wherever a packet arrives. */
struct opener {
	struct gadget_process proc;
	int fd;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_CONNECTING);
	__type(key, struct sock *);
	__type(value, struct opener);
} connecting SEC(".maps");

static __always_inline bool is_left_out(enum event_type type)
{
	if (accept_only && type != accept)
		return true;
	if (connect_only && type != connect)
		return true;
	return gadget_should_discard_data_current();
}

static __always_inline bool is_tcp(struct sock *sk)
{
	__u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);

	return (family == AF_INET || family == AF_INET6) &&
	       BPF_CORE_READ_BITFIELD_PROBED(sk, sk_protocol) == IPPROTO_TCP;
}

static __always_inline bool is_set(const struct gadget_l4endpoint_t *endpoint)
{
	const __u64 *words = (const __u64 *)&endpoint->addr_raw;

	return endpoint->port && (words[0] || words[1]);
}

/* False when an address or a port is missing: the socket never had a peer. */
static __always_inline bool fill_socket(struct event *event, struct sock *sk)
{
	event->netns_id = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
	if (BPF_CORE_READ(sk, __sk_common.skc_family) == AF_INET) {
		event->src.version = event->dst.version = 4;
		event->src.addr_raw.v4 = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
		event->dst.addr_raw.v4 = BPF_CORE_READ(sk, __sk_common.skc_daddr);
	} else {
		event->src.version = event->dst.version = 6;
		BPF_CORE_READ_INTO(&event->src.addr_raw, sk, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO(&event->dst.addr_raw, sk, __sk_common.skc_v6_daddr);
	}
	event->src.proto_raw = event->dst.proto_raw = IPPROTO_TCP;
	event->src.port = bpf_ntohs(BPF_CORE_READ((struct inet_sock *)sk, inet_sport));
	event->dst.port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
	return is_set(&event->src) && is_set(&event->dst);
}

/* An event about a socket, or NULL; the process is still to be filled in. */
static __always_inline struct event *begin(enum event_type type, struct sock *sk)
{
	struct event *event = gadget_reserve_buf(&events, sizeof(*event));

	if (!event)
		return 0;
	__builtin_memset(event, 0, sizeof(*event));
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	event->type_raw = type;
	event->fd = -1;
	event->accept_fd = -1;
	if (fill_socket(event, sk))
		return event;
	gadget_discard_buf(event);
	return 0;
}

/* The descriptor that connects: of the calls that do so, the first argument. */
static __always_inline int connecting_descriptor(void)
{
	switch (jig_syscall_number()) {
	case NR_CONNECT:
	case NR_SENDTO:
	case NR_SENDMSG:
	case NR_SENDMMSG:
		return jig_syscall_arg(jig_current_user_regs(), 1);
	}
	return -1;
}

/* The caller is still in its system call here. */
static __always_inline int on_connecting(struct sock *sk)
{
	struct opener opener = {};

	if (!is_tcp(sk) || is_left_out(connect))
		return 0;
	gadget_process_populate(&opener.proc);
	opener.fd = connecting_descriptor();
	bpf_map_update_elem(&connecting, &sk, &opener, BPF_ANY);
	return 0;
}

static __always_inline int on_connected(void *ctx, struct sock *sk)
{
	struct opener *opener = bpf_map_lookup_elem(&connecting, &sk);
	struct event *event;
	int error;

	if (!opener)
		return 0;
	error = BPF_CORE_READ(sk, sk_err);
	if (!failure_only || error) {
		event = begin(connect, sk);
		if (event) {
			event->proc = opener->proc;
			event->fd = opener->fd;
			event->error_raw = error;
			gadget_submit_buf(ctx, &events, event, sizeof(*event));
		}
	}
	bpf_map_delete_elem(&connecting, &sk);
	return 0;
}

static __always_inline int on_state(void *ctx, struct sock *sk, int state)
{
	switch (state) {
	case TCP_SYN_SENT:
		return on_connecting(sk);
	case TCP_ESTABLISHED:
	case TCP_CLOSE:
		return on_connected(ctx, sk);
	}
	return 0;
}

SEC("kprobe/tcp_set_state")
int BPF_KPROBE(ig_tcp_state, struct sock *sk, int state)
{
	return on_state(ctx, sk, state);
}
GADGET_JOB(connect, ig_tcp_state);

int BPF_PROG(ig_tcp_state_t, struct sock *sk, int old_state, int state)
{
	return on_state(ctx, sk, state);
}
GADGET_ALTERNATIVE(connect, 10, tp_btf, inet_sock_set_state, ig_tcp_state_t);

int BPF_PROG(ig_tcp_state_f, struct sock *sk, int state)
{
	return on_state(ctx, sk, state);
}
GADGET_ALTERNATIVE(connect, 20, fentry, tcp_set_state, ig_tcp_state_f);

static __always_inline int on_accepted(void *ctx, long result)
{
	struct event *event;
	struct socket *socket;
	struct file *file;
	struct sock *sk;

	if (result < 0 || failure_only)
		return 0;
	file = get_struct_file_for_fd(result);
	if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & MODE_TYPE) != MODE_SOCKET)
		return 0;
	socket = BPF_CORE_READ(file, private_data);
	sk = BPF_CORE_READ(socket, sk);
	if (!is_tcp(sk) || is_left_out(accept))
		return 0;
	event = begin(accept, sk);
	if (!event)
		return 0;
	gadget_process_populate(&event->proc);
	event->fd = jig_syscall_arg(jig_current_user_regs(), 1);
	event->accept_fd = result;
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_accept")
int sys_accept_x(struct trace_event_raw_sys_exit *ctx)
{
	return on_accepted(ctx, ctx->ret);
}

SEC("tracepoint/syscalls/sys_exit_accept4")
int sys_accept4_x(struct trace_event_raw_sys_exit *ctx)
{
	return on_accepted(ctx, ctx->ret);
}

static __always_inline int on_close(void *ctx, struct sock *sk)
{
	struct event *event;

	if (failure_only || !is_tcp(sk) || is_left_out(close))
		return 0;
	switch (BPF_CORE_READ(sk, __sk_common.skc_state)) {
	case TCP_SYN_SENT:
	case TCP_SYN_RECV:
	case TCP_NEW_SYN_RECV:
		return 0;
	}
	event = begin(close, sk);
	if (!event)
		return 0;
	gadget_process_populate(&event->proc);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

SEC("kprobe/tcp_close")
int BPF_KPROBE(ig_tcp_close, struct sock *sk)
{
	return on_close(ctx, sk);
}
GADGET_JOB(close, ig_tcp_close);

int BPF_PROG(ig_tcp_close_f, struct sock *sk)
{
	return on_close(ctx, sk);
}
GADGET_ALTERNATIVE(close, 20, fentry, tcp_close, ig_tcp_close_f);

extern void *bpf_cast_to_kern_ctx(void *context) __ksym __weak;

/* Runs where a process lets go of its last descriptor of a socket. */
int ig_tcp_release(struct bpf_sock *ctx)
{
	on_close(ctx, bpf_cast_to_kern_ctx(ctx));
	return 1;
}
GADGET_ALTERNATIVE(close, 10, cgroup, sock_release, ig_tcp_release);

/* Only where a process ends a connection: what the peer does arrives in the context of somebody else. */
int BPF_PROG(ig_tcp_close_t, struct sock *sk, int old_state, int state)
{
	if (old_state != TCP_ESTABLISHED && old_state != TCP_CLOSE_WAIT)
		return 0;
	if (jig_syscall_number() != NR_CLOSE)
		return 0;
	return on_close(ctx, sk);
}
GADGET_ALTERNATIVE(close, 60, tp_btf, inet_sock_set_state, ig_tcp_close_t);

char LICENSE[] SEC("license") = "GPL";
