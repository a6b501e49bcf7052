// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Written against the headers and names that upstream documents for gadget authors, and nothing else.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/filter.h>
#include <gadget/macros.h>
#include <gadget/mntns_filter.h>
#include <gadget/types.h>

#define NAME_MAX 255

enum colour {
	RED = 1,
	GREEN = 5,
};

enum access_set {
	READ = 1,
	WRITE = 2,
	EXECUTE = 4,
};

struct event {
	gadget_timestamp timestamp_raw;
	struct gadget_process proc;
	gadget_mntns_id mntns_id;
	gadget_errno error_raw;
	gadget_signal sig_raw;
	gadget_bytes size_raw;
	gadget_duration took_raw;
	struct gadget_l4endpoint_t peer;
	enum colour colour_raw;
	enum access_set access_raw;
	bool loud;
	__s64 offset;
	__u8 tiny;
	char prefix[16];
	char filename[NAME_MAX];
};

const volatile bool loud = false;
const volatile __s64 offset = -3;
const volatile __u8 tiny = 200;
const volatile char prefix[16] = {};
GADGET_PARAM(loud);
GADGET_PARAM(offset);
GADGET_PARAM(tiny);
GADGET_PARAM(prefix);

struct counter {
	__u64 calls;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct counter);
} counters SEC(".maps");

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(files, events, event);

SEC("tracepoint/syscalls/sys_enter_openat")
int enter_openat(struct syscall_trace_enter *ctx)
{
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct counter *counter;
	struct counter first = {};
	struct event *event;

	if (gadget_should_discard_mntns_id(gadget_get_current_mntns_id()) || gadget_should_discard_data_current())
		return 0;
	bpf_map_update_elem(&counters, &pid, &first, BPF_NOEXIST);
	counter = bpf_map_lookup_elem(&counters, &pid);
	if (!counter)
		return 0;
	__sync_fetch_and_add(&counter->calls, 1);
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	__builtin_memset(event, 0, sizeof(*event));
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->proc);
	event->mntns_id = gadget_get_current_mntns_id();
	event->error_raw = 13;
	event->sig_raw = 15;
	event->size_raw = 2048;
	event->took_raw = 1500;
	event->peer.addr_raw.v4 = bpf_htonl(0x7f000001);
	event->peer.port = 443;
	event->peer.proto_raw = 6;
	event->peer.version = 4;
	event->colour_raw = GREEN;
	event->access_raw = READ | EXECUTE;
	event->loud = loud;
	event->offset = offset;
	event->tiny = tiny;
	for (int i = 0; i < sizeof(event->prefix); i++)
		event->prefix[i] = prefix[i];
	bpf_probe_read_user_str(event->filename, sizeof(event->filename), (const char *)ctx->args[1]);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
