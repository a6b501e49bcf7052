/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Kernel structures that changed over time, each behind one function. The flavours (___x) carry the other layouts. */
#ifndef JIG_GADGET_CORE_FIXES_BPF_H
#define JIG_GADGET_CORE_FIXES_BPF_H

#include <vmlinux.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

/* A call that no kernel has: the verifier refuses the program if it can be reached. */
#define JIG_INVALID_HELPER 0xbad2310

static __always_inline void bpf_core_unreachable(void)
{
	((void (*)(void))JIG_INVALID_HELPER)();
}

/* 5.14 renamed task_struct.state to __state. */
struct task_struct___o {
	volatile long state;
} __attribute__((preserve_access_index));

struct task_struct___x {
	unsigned int __state;
} __attribute__((preserve_access_index));

static __always_inline __s64 get_task_state(void *task)
{
	struct task_struct___x *renamed = task;

	if (bpf_core_field_exists(renamed->__state))
		return BPF_CORE_READ(renamed, __state);
	return BPF_CORE_READ((struct task_struct___o *)task, state);
}

/* 5.12 replaced bio.bi_disk by bi_bdev, which had been something else before 4.14. */
struct bio___o {
	struct gendisk *bi_disk;
} __attribute__((preserve_access_index));

struct bio___x {
	struct block_device *bi_bdev;
} __attribute__((preserve_access_index));

static __always_inline struct gendisk *get_gendisk(void *bio)
{
	struct bio___x *newer = bio;

	if (bpf_core_field_exists(newer->bi_bdev))
		return BPF_CORE_READ(newer, bi_bdev, bd_disk);
	return BPF_CORE_READ((struct bio___o *)bio, bi_disk);
}

/* 5.16 split block_rq_complete's record from that of other requests; later kernels renamed it. */
struct trace_event_raw_block_rq_complete___x {
	dev_t dev;
	sector_t sector;
	unsigned int nr_sector;
} __attribute__((preserve_access_index));

struct trace_event_raw_block_rq_completion___x {
	dev_t dev;
	sector_t sector;
	unsigned int nr_sector;
} __attribute__((preserve_access_index));

static __always_inline bool has_block_rq_completion(void)
{
	return bpf_core_type_exists(struct trace_event_raw_block_rq_completion___x);
}

/* 5.17 moved the disk of a request to its queue. */
struct request_queue___x {
	struct gendisk *disk;
} __attribute__((preserve_access_index));

struct request___x {
	struct request_queue___x *q;
	struct gendisk *rq_disk;
} __attribute__((preserve_access_index));

static __always_inline struct gendisk *get_disk(void *request)
{
	struct request___x *r = request;

	if (bpf_core_field_exists(r->rq_disk))
		return BPF_CORE_READ(r, rq_disk);
	return BPF_CORE_READ(r, q, disk);
}

/* 5.12 gave the arguments of vfs_rename a structure, 6.3 renamed its members. */
struct renamedata___x {
	struct user_namespace *old_mnt_userns;
} __attribute__((preserve_access_index));

static __always_inline bool renamedata_has_old_mnt_userns_field(void)
{
	return bpf_core_field_exists(((struct renamedata___x *)0)->old_mnt_userns);
}

/* 5.12 gave kfree and kmem_cache_free records of their own. */
struct trace_event_raw_kmem_free___x {
	const void *ptr;
} __attribute__((preserve_access_index));

struct trace_event_raw_kfree___x {
	const void *ptr;
} __attribute__((preserve_access_index));

struct trace_event_raw_kmem_cache_free___x {
	const void *ptr;
} __attribute__((preserve_access_index));

static __always_inline bool has_kfree(void)
{
	return bpf_core_type_exists(struct trace_event_raw_kfree___x);
}

static __always_inline bool has_kmem_cache_free(void)
{
	return bpf_core_type_exists(struct trace_event_raw_kmem_cache_free___x);
}

/* 6.18 gave tcp_retransmit_skb a record of its own. */
struct trace_event_raw_tcp_retransmit_skb___x {
	const void *skbaddr;
	const void *skaddr;
} __attribute__((preserve_access_index));

struct trace_event_raw_tcp_event_sk_skb___x {
	const void *skbaddr;
	const void *skaddr;
} __attribute__((preserve_access_index));

static __always_inline const void *gadget_get_tcp_retransmit_skb_skbaddr(void *ctx)
{
	if (bpf_core_type_exists(struct trace_event_raw_tcp_retransmit_skb___x))
		return BPF_CORE_READ((struct trace_event_raw_tcp_retransmit_skb___x *)ctx, skbaddr);
	return BPF_CORE_READ((struct trace_event_raw_tcp_event_sk_skb___x *)ctx, skbaddr);
}

static __always_inline const void *gadget_get_tcp_retransmit_skb_skaddr(void *ctx)
{
	if (bpf_core_type_exists(struct trace_event_raw_tcp_retransmit_skb___x))
		return BPF_CORE_READ((struct trace_event_raw_tcp_retransmit_skb___x *)ctx, skaddr);
	return BPF_CORE_READ((struct trace_event_raw_tcp_event_sk_skb___x *)ctx, skaddr);
}

/* The change time of an inode: i_ctime before 6.6, __i_ctime before 6.11, since then two numbers. */
struct inode___older_v66 {
	struct timespec64 i_ctime;
} __attribute__((preserve_access_index));

struct inode___older_v611 {
	struct timespec64 __i_ctime;
} __attribute__((preserve_access_index));

struct inode___jig_split_ctime {
	time64_t i_ctime_sec;
	__u32 i_ctime_nsec;
} __attribute__((preserve_access_index));

/* From 6.6 to 6.12 bit 31 of the nanoseconds says that somebody looked at the time. */
#define JIG_I_CTIME_QUERIED (1U << 31)

static __always_inline __u64 jig_time_ns(__s64 seconds, __u32 nanoseconds)
{
	if (seconds < 0)
		return 0;
	return (__u64)seconds * 1000000000ULL + (nanoseconds & ~JIG_I_CTIME_QUERIED);
}

static __always_inline __u64 gadget_get_ctime_nanosec_from_inode(struct inode *inode)
{
	struct inode___jig_split_ctime *split = (void *)inode;
	struct inode___older_v611 *underscored = (void *)inode;
	struct inode___older_v66 *plain = (void *)inode;

	if (bpf_core_field_exists(split->i_ctime_sec))
		return jig_time_ns(BPF_CORE_READ(split, i_ctime_sec), BPF_CORE_READ(split, i_ctime_nsec));
	if (bpf_core_field_exists(underscored->__i_ctime))
		return jig_time_ns(BPF_CORE_READ(underscored, __i_ctime.tv_sec),
				   BPF_CORE_READ(underscored, __i_ctime.tv_nsec));
	return jig_time_ns(BPF_CORE_READ(plain, i_ctime.tv_sec), BPF_CORE_READ(plain, i_ctime.tv_nsec));
}

static __always_inline long gadget_get_syscall_nr(struct pt_regs *regs)
{
#if defined(__TARGET_ARCH_x86)
	return BPF_CORE_READ(regs, orig_ax);
#elif defined(__TARGET_ARCH_arm64)
	return BPF_CORE_READ(regs, syscallno);
#else
	return -1;
#endif
}

/* Argument `n`, 1 to 6, of the system call that `regs` belong to. */
static __always_inline unsigned long gadget_get_syscall_arg(struct pt_regs *regs, int n)
{
	switch (n) {
	case 1:
		return PT_REGS_PARM1_CORE_SYSCALL(regs);
	case 2:
		return PT_REGS_PARM2_CORE_SYSCALL(regs);
	case 3:
		return PT_REGS_PARM3_CORE_SYSCALL(regs);
	case 4:
		return PT_REGS_PARM4_CORE_SYSCALL(regs);
	case 5:
		return PT_REGS_PARM5_CORE_SYSCALL(regs);
#ifdef PT_REGS_PARM6_CORE_SYSCALL
	case 6:
		return PT_REGS_PARM6_CORE_SYSCALL(regs);
#elif defined(__TARGET_ARCH_x86)
	case 6:
		return BPF_CORE_READ(regs, bp);
#endif
	default:
		return 0;
	}
}

#endif
