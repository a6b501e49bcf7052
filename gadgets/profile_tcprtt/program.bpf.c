// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts smoothed round-trip times of TCP connections, once for each segment that arrives. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#include <gadget/bits.bpf.h>
#include <gadget/macros.h>
#include <gadget/maps.bpf.h>
#include <gadget/types.h>

#define MAX_ENTRIES 10240
#define MAX_SLOTS 27
#define MICROS_PER_MILLI 1000
#define AF_INET 2
#define AF_INET6 10

/* Port numbers as people write them; 0 for all. */
const volatile __u16 targ_sport = 0;
GADGET_PARAM(targ_sport);

const volatile __u16 targ_dport = 0;
GADGET_PARAM(targ_dport);

const volatile bool targ_ms = false;
GADGET_PARAM(targ_ms);

struct hist_key {
	u8 unused;
};

struct hist_value {
	gadget_histogram_slot__u32 latency[MAX_SLOTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, struct hist_key);
	__type(value, struct hist_value);
} hists SEC(".maps");

GADGET_MAPITER(tcprtt, hists);

static const struct hist_value no_counts;

static __always_inline int count(struct sock *sk)
{
	__u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	struct hist_key key = {};
	struct hist_value *value;
	__u64 time, slot;

	if (family != AF_INET && family != AF_INET6)
		return 0;
	if (targ_sport && targ_sport != bpf_ntohs(BPF_CORE_READ((struct inet_sock *)sk, inet_sport)))
		return 0;
	if (targ_dport && targ_dport != bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport)))
		return 0;
	/* The kernel keeps eight times the microseconds. */
	time = BPF_CORE_READ((struct tcp_sock *)sk, srtt_us) >> 3;
	if (targ_ms)
		time /= MICROS_PER_MILLI;
	value = bpf_map_lookup_or_try_init(&hists, &key, &no_counts);
	if (!value)
		return 0;
	slot = get_slot_idx(time);
	if (slot >= MAX_SLOTS)
		slot = MAX_SLOTS - 1;
	__sync_fetch_and_add(&value->latency[slot], 1);
	return 0;
}

SEC("kprobe/tcp_rcv_established")
int BPF_KPROBE(ig_tcprcvest_kp, struct sock *sk)
{
	return count(sk);
}

GADGET_JOB(segments, ig_tcprcvest_kp);

/* The kernel raises tcp_probe at the beginning of that very function. */
int BPF_PROG(ig_tcprcvest_tp, struct sock *sk)
{
	return count(sk);
}

GADGET_ALTERNATIVE(segments, 10, tp_btf, tcp_probe, ig_tcprcvest_tp);

int BPF_PROG(ig_tcprcvest_f, struct sock *sk)
{
	return count(sk);
}

GADGET_ALTERNATIVE(segments, 20, fentry, tcp_rcv_established, ig_tcprcvest_f);

char LICENSE[] SEC("license") = "GPL";
