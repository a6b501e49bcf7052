/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The arguments of the system call that the current task is in, from its saved user registers. They are still there
 * when the call returns, so a program at the exit needs no record kept from the entry.
 */
#ifndef JIG_GADGET_SYSCALL_REGS_H
#define JIG_GADGET_SYSCALL_REGS_H

#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#if defined(__TARGET_ARCH_arm64)
/* The first argument is overwritten by the result; the kernel keeps a copy for restarts. */
struct pt_regs___jig_arm64 {
	u64 regs[31];
	u64 orig_x0;
	s32 syscallno;
} __attribute__((preserve_access_index));
#endif

/* Size of a kernel stack on kernels that lack bpf_task_pt_regs (before 5.15). */
#define JIG_THREAD_SIZE 16384

/* Whether this kernel gives the registers as a pointer that is read by plain loads (5.15 and later). */
static __always_inline bool jig_reads_user_regs_in_place(void)
{
	return bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs);
}

/* A register of `regs`, read in the way that its pointer asks for. */
#define JIG_USER_REG(regs, name) (jig_reads_user_regs_in_place() ? (regs)->name : BPF_CORE_READ(regs, name))

/* The saved user registers of the current task. */
static __always_inline struct pt_regs *jig_current_user_regs(void)
{
	if (jig_reads_user_regs_in_place())
		return (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	return (struct pt_regs *)(BPF_CORE_READ(task, stack) + JIG_THREAD_SIZE - bpf_core_type_size(struct pt_regs));
}

/* Argument `n`, 1 to 6, of the current system call. */
static __always_inline unsigned long jig_syscall_arg(struct pt_regs *regs, int n)
{
#if defined(__TARGET_ARCH_x86)
	switch (n) {
	case 1:
		return JIG_USER_REG(regs, di);
	case 2:
		return JIG_USER_REG(regs, si);
	case 3:
		return JIG_USER_REG(regs, dx);
	case 4:
		return JIG_USER_REG(regs, r10);
	case 5:
		return JIG_USER_REG(regs, r8);
	case 6:
		return JIG_USER_REG(regs, r9);
	}
#elif defined(__TARGET_ARCH_arm64)
	struct pt_regs___jig_arm64 *saved = (void *)regs;

	switch (n) {
	case 1:
		return JIG_USER_REG(saved, orig_x0);
	case 2:
		return JIG_USER_REG(saved, regs[1]);
	case 3:
		return JIG_USER_REG(saved, regs[2]);
	case 4:
		return JIG_USER_REG(saved, regs[3]);
	case 5:
		return JIG_USER_REG(saved, regs[4]);
	case 6:
		return JIG_USER_REG(saved, regs[5]);
	}
#endif
	return 0;
}

/* A thread of the kernel, and one that runs a 32-bit program, whose numbers are others. */
#define JIG_PF_KTHREAD 0x00200000
#define JIG_TS_COMPAT 2
#define JIG_TIF_32BIT 22
#define JIG_NO_SYSCALL ((__u64)-1)

/* Whether the current system call is one of a 32-bit program. */
static __always_inline bool jig_is_compat_syscall(void)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

#if defined(__TARGET_ARCH_x86)
	return BPF_CORE_READ(task, thread_info.status) & JIG_TS_COMPAT;
#elif defined(__TARGET_ARCH_arm64)
	return BPF_CORE_READ(task, thread_info.flags) & (1UL << JIG_TIF_32BIT);
#else
	return false;
#endif
}

/* The number of the system call that the current thread is in; all ones when it is in none, or in a 32-bit one. */
static __always_inline __u64 jig_syscall_number(void)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct pt_regs *regs;

	if (BPF_CORE_READ(task, flags) & JIG_PF_KTHREAD || jig_is_compat_syscall())
		return JIG_NO_SYSCALL;
	regs = jig_current_user_regs();
#if defined(__TARGET_ARCH_x86)
	return JIG_USER_REG(regs, orig_ax);
#elif defined(__TARGET_ARCH_arm64)
	struct pt_regs___jig_arm64 *saved = (void *)regs;

	return (__s64)JIG_USER_REG(saved, syscallno);
#else
	return JIG_NO_SYSCALL;
#endif
}

#endif
