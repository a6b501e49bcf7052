// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts the bytes that threads send and receive through TCP connections. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/maps.bpf.h>
#include <gadget/types.h>

#define MAX_ENTRIES 10240
#define AF_INET 2
#define AF_INET6 10
#define MSG_PEEK 2

/* 4 or 6; -1 for both. */
const volatile int target_family = -1;
GADGET_PARAM(target_family);

struct ip_key_t {
	gadget_mntns_id mntns_id;
	gadget_pid pid;
	gadget_tid tid;
	struct gadget_l4endpoint_t src;
	struct gadget_l4endpoint_t dst;
	gadget_comm comm[TASK_COMM_LEN];
};

struct traffic_t {
	gadget_bytes sent_raw;
	gadget_bytes received_raw;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct ip_key_t);
	__type(value, struct traffic_t);
} ip_map SEC(".maps");

GADGET_MAPITER(tcp, ip_map);

static const struct traffic_t no_traffic;

static __always_inline bool fill_endpoints(struct ip_key_t *key, struct sock *sk)
{
	__u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);

	switch (family) {
	case AF_INET:
		if (target_family != -1 && target_family != 4)
			return false;
		key->src.version = key->dst.version = 4;
		key->src.addr_raw.v4 = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
		key->dst.addr_raw.v4 = BPF_CORE_READ(sk, __sk_common.skc_daddr);
		break;
	case AF_INET6:
		if (target_family != -1 && target_family != 6)
			return false;
		key->src.version = key->dst.version = 6;
		BPF_CORE_READ_INTO(&key->src.addr_raw, sk, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO(&key->dst.addr_raw, sk, __sk_common.skc_v6_daddr);
		break;
	default:
		return false;
	}
	key->src.proto_raw = key->dst.proto_raw = IPPROTO_TCP;
	key->src.port = BPF_CORE_READ(sk, __sk_common.skc_num);
	key->dst.port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
	return true;
}

static __always_inline int account(struct sock *sk, __u64 sent, __u64 received)
{
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	struct traffic_t *traffic;
	struct ip_key_t key;

	/* The bytes between the members are part of the key. */
	__builtin_memset(&key, 0, sizeof(key));
	if (!fill_endpoints(&key, sk) || gadget_should_discard_data_current())
		return 0;
	key.mntns_id = gadget_get_current_mntns_id();
	key.pid = pid_tgid >> 32;
	key.tid = (__u32)pid_tgid;
	bpf_get_current_comm(key.comm, sizeof(key.comm));
	traffic = bpf_map_lookup_or_try_init(&ip_map, &key, &no_traffic);
	if (!traffic)
		return 0;
	if (sent)
		__sync_fetch_and_add(&traffic->sent_raw, sent);
	if (received)
		__sync_fetch_and_add(&traffic->received_raw, received);
	return 0;
}

static __always_inline int account_received(struct sock *sk, int copied)
{
	return copied > 0 ? account(sk, 0, copied) : 0;
}

SEC("kprobe/tcp_sendmsg")
int BPF_KPROBE(ig_toptcp_sdmsg, struct sock *sk, struct msghdr *msg, size_t size)
{
	return account(sk, size, 0);
}

SEC("kprobe/tcp_cleanup_rbuf")
int BPF_KPROBE(ig_toptcp_clean, struct sock *sk, int copied)
{
	return account_received(sk, copied);
}

GADGET_JOB(traffic, ig_toptcp_sdmsg);
GADGET_JOB(traffic, ig_toptcp_clean);

static __always_inline bool is_tcp(struct sock *sk)
{
	return BPF_CORE_READ_BITFIELD_PROBED(sk, sk_protocol) == IPPROTO_TCP;
}

int BPF_PROG(ig_toptcp_sent, struct sock *sk, int ret, int flags)
{
	return ret > 0 && is_tcp(sk) ? account(sk, ret, 0) : 0;
}

int BPF_PROG(ig_toptcp_received, struct sock *sk, int ret, int flags)
{
	return !(flags & MSG_PEEK) && is_tcp(sk) ? account_received(sk, ret) : 0;
}

GADGET_ALTERNATIVE(traffic, 10, tp_btf, sock_send_length, ig_toptcp_sent);
GADGET_ALTERNATIVE(traffic, 10, tp_btf, sock_recv_length, ig_toptcp_received);

int BPF_PROG(ig_toptcp_sdmsg_f, struct sock *sk, struct msghdr *msg, size_t size)
{
	return account(sk, size, 0);
}

int BPF_PROG(ig_toptcp_clean_f, struct sock *sk, int copied)
{
	return account_received(sk, copied);
}

GADGET_ALTERNATIVE(traffic, 20, fentry, tcp_sendmsg, ig_toptcp_sdmsg_f);
GADGET_ALTERNATIVE(traffic, 20, fentry, tcp_cleanup_rbuf, ig_toptcp_clean_f);

char LICENSE[] SEC("license") = "GPL";
