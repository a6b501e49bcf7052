// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Lists TCP and UDP sockets. The iterators run once in each network namespace. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>

#include <gadget/macros.h>
#include <gadget/types.h>

#define AF_INET 2
#define AF_INET6 10
#define TCP_SYN_RECV 3

struct socket_entry {
	struct gadget_l4endpoint_t src;
	struct gadget_l4endpoint_t dst;
	__u32 state;
	__u32 ino;
	gadget_netns_id netns_id;
};

GADGET_ITER(sockets, socket_entry, ig_snap_tcp, ig_snap_udp);

/* Addresses and network namespace, which all kinds of sockets keep in the same place. False if the family is another. */
static __always_inline bool fill_common(struct socket_entry *entry, const struct sock_common *common, __u16 protocol)
{
	switch (common->skc_family) {
	case AF_INET:
		entry->src.version = entry->dst.version = 4;
		entry->src.addr_raw.v4 = common->skc_rcv_saddr;
		entry->dst.addr_raw.v4 = common->skc_daddr;
		break;
	case AF_INET6:
		entry->src.version = entry->dst.version = 6;
		bpf_probe_read_kernel(&entry->src.addr_raw, sizeof(entry->src.addr_raw), &common->skc_v6_rcv_saddr);
		bpf_probe_read_kernel(&entry->dst.addr_raw, sizeof(entry->dst.addr_raw), &common->skc_v6_daddr);
		break;
	default:
		return false;
	}
	entry->src.proto_raw = entry->dst.proto_raw = protocol;
	entry->netns_id = common->skc_net.net->ns.inum;
	return true;
}

static __always_inline __u32 inode_of(struct sock *sk)
{
	struct socket *socket = BPF_CORE_READ(sk, sk_socket);
	struct inode *inode = socket ? BPF_CORE_READ(socket, file, f_inode) : 0;

	return inode ? BPF_CORE_READ(inode, i_ino) : 0;
}

static __always_inline void send(struct seq_file *seq, struct socket_entry *entry)
{
	bpf_seq_write(seq, entry, sizeof(*entry));
}

SEC("iter/tcp")
int ig_snap_tcp(struct bpf_iter__tcp *ctx)
{
	struct sock_common *common = ctx->sk_common;
	struct socket_entry entry = {};
	struct tcp_timewait_sock *waiting;
	struct tcp_request_sock *request;
	struct tcp_sock *full;

	if (!common || !fill_common(&entry, common, IPPROTO_TCP))
		return 0;
	full = bpf_skc_to_tcp_sock(common);
	if (full) {
		entry.src.port = bpf_ntohs(full->inet_conn.icsk_inet.inet_sport);
		entry.dst.port = bpf_ntohs(common->skc_dport);
		entry.state = common->skc_state;
		entry.ino = inode_of((struct sock *)full);
		send(ctx->meta->seq, &entry);
		return 0;
	}
	entry.src.port = common->skc_num;
	entry.dst.port = bpf_ntohs(common->skc_dport);
	waiting = bpf_skc_to_tcp_timewait_sock(common);
	if (waiting) {
		entry.state = BPF_CORE_READ_BITFIELD_PROBED(&waiting->tw_sk, tw_substate);
		send(ctx->meta->seq, &entry);
		return 0;
	}
	request = bpf_skc_to_tcp_request_sock(common);
	if (request) {
		entry.state = TCP_SYN_RECV;
		send(ctx->meta->seq, &entry);
	}
	return 0;
}

SEC("iter/udp")
int ig_snap_udp(struct bpf_iter__udp *ctx)
{
	struct udp_sock *udp = ctx->udp_sk;
	struct socket_entry entry = {};
	struct inet_sock *inet;

	if (!udp)
		return 0;
	inet = &udp->inet;
	if (!fill_common(&entry, &inet->sk.__sk_common, IPPROTO_UDP))
		return 0;
	entry.src.port = bpf_ntohs(inet->inet_sport);
	entry.dst.port = bpf_ntohs(inet->sk.__sk_common.skc_dport);
	entry.state = inet->sk.__sk_common.skc_state;
	entry.ino = inode_of(&inet->sk);
	send(ctx->meta->seq, &entry);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
