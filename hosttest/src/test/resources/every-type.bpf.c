// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Every macro for gadget authors, every type of field and every type of param, with values that are known.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/macros.h>
#include <gadget/types.h>

enum size { SMALL = -1, LARGE = 7 };
enum far { NEAR_BY = 1, FAR_AWAY = 0x100000002 };
enum flags_set { FLAG_A = 1, FLAG_B = 2, FLAG_C = 4 };

struct inner {
	__u16 left;
	struct {
		__s16 right;
	} deep;
};

struct event {
	__s8 s8;
	__u8 u8;
	__s16 s16;
	__u16 u16;
	__s32 s32;
	__u32 u32;
	__s64 s64;
	__u64 u64;
	bool yes;
	float real32;
	double real64;
	char text[16];
	__u32 numbers[3];
	__u32 low : 3;
	__s32 high : 5;
	enum size size_raw;
	enum far far_raw;
	enum flags_set flags_raw;
	struct inner inner;
	gadget_mntns_id mntns_id;
	gadget_netns_id netns_id;
	gadget_timestamp timestamp_raw;
	gadget_signal signal_raw;
	gadget_errno errno_raw;
	gadget_syscall call_raw;
	gadget_file_mode mode_raw;
	gadget_file_flags open_raw;
	gadget_uid uid_raw;
	gadget_gid gid_raw;
	gadget_pid pid;
	gadget_tid tid;
	gadget_ppid ppid;
	gadget_ptid ptid;
	gadget_comm comm[16];
	gadget_pcomm pcomm[16];
	gadget_bytes bytes_raw;
	gadget_duration duration_raw;
	gadget_counter__u32 counter32;
	gadget_counter__u64 counter64;
	gadget_gauge__u32 gauge32;
	gadget_gauge__u64 gauge64;
	struct gadget_l3endpoint_t host;
	struct gadget_l4endpoint_t peer;
	struct gadget_process proc;
	struct gadget_l3endpoint_t wanted;
};

const volatile bool p_bool = false;
const volatile __s8 p_s8 = -1;
const volatile __u8 p_u8 = 1;
const volatile __s16 p_s16 = -2;
const volatile __u16 p_u16 = 2;
const volatile __s32 p_s32 = -3;
const volatile __u32 p_u32 = 3;
const volatile __s64 p_s64 = -4;
const volatile __u64 p_u64 = 4;
const volatile float p_float = 0.5;
const volatile double p_double = 0.25;
const volatile char p_text[16] = "usual";
const volatile enum size p_enum = LARGE;
const volatile __u32 p_numbers[3] = { 1, 2, 3 };
const volatile struct gadget_l3endpoint_t p_address = {};
GADGET_PARAM(p_bool);
GADGET_PARAM(p_s8);
GADGET_PARAM(p_u8);
GADGET_PARAM(p_s16);
GADGET_PARAM(p_u16);
GADGET_PARAM(p_s32);
GADGET_PARAM(p_u32);
GADGET_PARAM(p_s64);
GADGET_PARAM(p_u64);
GADGET_PARAM(p_float);
GADGET_PARAM(p_double);
GADGET_PARAM(p_text);
GADGET_PARAM(p_enum);
GADGET_PARAM(p_numbers);
GADGET_PARAM(p_address);

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(all, events, event);

struct which_key {
	__u32 which;
};

struct counted {
	__u64 calls;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, struct which_key);
	__type(value, struct counted);
} counts SEC(".maps");
GADGET_MAPITER(counted, counts);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, 16);
	__type(key, __u64);
	__type(value, __u64);
} sockets SEC(".maps");

struct slot {
	__u32 slot_index;
};

struct task_entry {
	__u32 task_pid;
};

SEC("iter/bpf_map_elem")
int each_slot(struct bpf_iter__bpf_map_elem *ctx)
{
	struct slot slot = {};
	__u32 *key = ctx->key;

	if (!key)
		return 0;
	slot.slot_index = *key + 100;
	bpf_seq_write(ctx->meta->seq, &slot, sizeof(slot));
	return 0;
}
GADGET_ITER(slots, slot, each_slot);
GADGET_ITER_TARGET_MAP(each_slot, slots);

SEC("iter/task")
int each_task(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct task_entry entry = {};

	if (!task || task->pid != task->tgid)
		return 0;
	entry.task_pid = task->pid;
	bpf_seq_write(ctx->meta->seq, &entry, sizeof(entry));
	return 0;
}
GADGET_SNAPSHOTTER(tasks, task_entry, each_task);

SEC("sk_msg")
int messages(struct sk_msg_md *ctx)
{
	return SK_PASS;
}
GADGET_SK_TARGET_MAP(messages, sockets);

static __always_inline void copy(void *to, const volatile void *from, __u32 size)
{
	bpf_probe_read_kernel(to, size, (const void *)from);
}

static __always_inline void fill_params(struct event *event)
{
	event->s8 = p_s8;
	event->u8 = p_u8;
	event->s16 = p_s16;
	event->u16 = p_u16;
	event->s32 = p_s32;
	event->u32 = p_u32;
	event->s64 = p_s64;
	event->u64 = p_u64;
	event->yes = p_bool;
	copy(&event->real32, &p_float, sizeof(event->real32));
	copy(&event->real64, &p_double, sizeof(event->real64));
	copy(event->text, p_text, sizeof(event->text));
	copy(event->numbers, p_numbers, sizeof(event->numbers));
	copy(&event->wanted, &p_address, sizeof(event->wanted));
	event->size_raw = p_enum;
}

static __always_inline int report(void *ctx, const char *name)
{
	struct which_key key = { .which = 42 };
	struct counted counted = { .calls = 17 };
	struct event *event;
	char sign[9];

	if (bpf_probe_read_user_str(sign, sizeof(sign), name) < 0 || bpf_strncmp(sign, 8, "/jig-sig"))
		return 0;
	bpf_map_update_elem(&counts, &key, &counted, BPF_ANY);
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	__builtin_memset(event, 0, sizeof(*event));
	fill_params(event);
	event->low = 5;
	event->high = -9;
	event->far_raw = FAR_AWAY;
	event->flags_raw = FLAG_A | FLAG_C;
	event->inner.left = 11;
	event->inner.deep.right = -12;
	event->mntns_id = gadget_get_current_mntns_id();
	event->netns_id = 4026531840;
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	event->signal_raw = 9;
	event->errno_raw = 2;
	event->call_raw = 257;
	event->mode_raw = 0100644;
	event->open_raw = 01102;
	event->uid_raw = 0;
	event->gid_raw = 0;
	event->pid = 1;
	event->tid = 2;
	event->ppid = 3;
	event->ptid = 4;
	__builtin_memcpy(event->comm, "me", 3);
	__builtin_memcpy(event->pcomm, "parent", 7);
	event->bytes_raw = 1500000;
	event->duration_raw = 2500000;
	event->counter32 = 21;
	event->counter64 = 22;
	event->gauge32 = 23;
	event->gauge64 = 24;
	event->host.addr_raw.v6[15] = 1;
	event->host.version = 6;
	event->peer.addr_raw.v4 = bpf_htonl(0x0a000001);
	event->peer.version = 4;
	event->peer.port = 53;
	event->peer.proto_raw = 17;
	gadget_process_populate(&event->proc);
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

SEC("tp_btf/no_such_tracepoint_anywhere")
int usual(void *ctx)
{
	return 0;
}
GADGET_JOB(opens, usual);

int other(struct syscall_trace_enter *ctx)
{
	return report(ctx, (const char *)ctx->args[1]);
}
GADGET_ALTERNATIVE(opens, 60, tracepoint, syscalls___sys_enter_openat, other);
GADGET_VARIANT_NAME(opens, 60, calls);

int never(void *ctx)
{
	return 0;
}
GADGET_ALTERNATIVE(nothing, 10, tp_btf, no_such_tracepoint_either, never);
GADGET_JOB_OPTIONAL(nothing);

char LICENSE[] SEC("license") = "GPL";
