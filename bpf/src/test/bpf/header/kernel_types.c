// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Names every type and constant of vmlinux.h that gadgets may rely on; compiling it for an architecture is the test.
#include <vmlinux.h>
#ifndef __VMLINUX_H__
#error "vmlinux.h has another guard"
#endif
// Gadgets define these, so a header that did would break them.
#if defined(AF_INET) || defined(AF_INET6) || defined(ETH_P_IP) || defined(PATH_MAX) || defined(EPERM) || defined(NULL) || defined(TASK_COMM_LEN)
#error "vmlinux.h defines macros"
#endif
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>
#define AF_INET 2
#define TC_ACT_OK 0

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type)
#define AT(type, member, offset) _Static_assert(__builtin_offsetof(type, member) == (offset), #type "." #member)
SIZE(u8, 1); SIZE(u16, 2); SIZE(u32, 4); SIZE(u64, 8); SIZE(__u8, 1); SIZE(__u16, 2); SIZE(__u32, 4); SIZE(__u64, 8);
SIZE(s8, 1); SIZE(s16, 2); SIZE(s32, 4); SIZE(s64, 8); SIZE(__s8, 1); SIZE(__s16, 2); SIZE(__s32, 4); SIZE(__s64, 8);
SIZE(__be16, 2); SIZE(__be32, 4); SIZE(pid_t, 4); SIZE(dev_t, 4); SIZE(bool, 1); SIZE(size_t, 8); SIZE(umode_t, 2); SIZE(__kernel_size_t, 8);
_Static_assert((u64)-1 > 0 && (s64)-1 < 0 && (__be32)-1 > 0, "signs");

// What sizes rest on in the gadgets' own records.
SIZE(struct bpf_stack_build_id, 32); AT(struct bpf_stack_build_id, build_id, 4); AT(struct bpf_stack_build_id, ip, 24);
_Static_assert(BPF_STACK_BUILD_ID_EMPTY == 0 && BPF_STACK_BUILD_ID_VALID == 1 && BPF_STACK_BUILD_ID_IP == 2, "build id status");

// Numbers that are the same on every kernel.
_Static_assert(BPF_MAP_TYPE_HASH == 1 && BPF_MAP_TYPE_PERF_EVENT_ARRAY == 4 && BPF_MAP_TYPE_PERCPU_ARRAY == 6, "maps");
_Static_assert(BPF_MAP_TYPE_STACK_TRACE == 7 && BPF_MAP_TYPE_LRU_HASH == 9 && BPF_MAP_TYPE_RINGBUF == 27, "maps");
_Static_assert(BPF_FUNC_ktime_get_boot_ns == 125 && BPF_FUNC_ringbuf_output == 130 && BPF_FUNC_ringbuf_reserve == 131, "helpers");
_Static_assert(BPF_FUNC_ringbuf_submit == 132 && BPF_FUNC_ringbuf_discard == 133 && BPF_FUNC_get_stack == 67, "helpers");
_Static_assert(BPF_ANY == 0 && BPF_NOEXIST == 1 && BPF_EXIST == 2, "updates");
_Static_assert(BPF_F_CURRENT_CPU == 0xffffffffULL && BPF_F_USER_STACK == 256 && BPF_F_FAST_STACK_CMP == 512, "flags");
_Static_assert(BPF_F_REUSE_STACKID == 1024 && BPF_F_USER_BUILD_ID == 2048 && BPF_F_NO_PREALLOC == 1 && BPF_F_RDONLY_PROG == 128, "flags");
_Static_assert(IPPROTO_IP == 0 && IPPROTO_ICMP == 1 && IPPROTO_TCP == 6 && IPPROTO_UDP == 17 && IPPROTO_IPV6 == 41, "protocols");
enum bpf_func_id helper;
enum bpf_map_type map_type;
enum skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;

#define USE(name, type, member) int use_##name(type *p) { return sizeof(p->member) && (long)__builtin_preserve_access_index(&p->member); }
USE(iter_task, struct bpf_iter__task, task)
USE(iter_task_file, struct bpf_iter__task_file, file)
USE(iter_tcp, struct bpf_iter__tcp, sk_common)
USE(iter_udp, struct bpf_iter__udp, udp_sk)
USE(iter_ksym, struct bpf_iter__ksym, ksym)
USE(iter_map, struct bpf_iter__bpf_map_elem, value)
USE(iter_meta, struct bpf_iter_meta, seq)
USE(sys_enter, struct trace_event_raw_sys_enter, args)
USE(sys_exit, struct trace_event_raw_sys_exit, ret)
USE(process_exec, struct trace_event_raw_sched_process_exec, pid)
USE(process_exit, struct trace_event_raw_sched_process_template, pid)
USE(switch_, struct trace_event_raw_sched_switch, prev_pid)
USE(signal, struct trace_event_raw_signal_generate, sig)
USE(block_rq, struct trace_event_raw_block_rq, sector)
USE(kfree, struct trace_event_raw_kfree, ptr)
USE(kmem_free, struct trace_event_raw_kmem_cache_free, ptr)
USE(state, struct trace_event_raw_inet_sock_set_state, skaddr)
USE(oom, struct oom_control, chosen)
USE(retransmit, struct trace_event_raw_tcp_retransmit_skb, skaddr)
USE(perf, struct bpf_perf_event_data, regs)
USE(skb_context, struct __sk_buff, cb)
USE(sock_ops, struct bpf_sock_ops, op)
USE(sk_msg, struct sk_msg_md, data)
USE(xdp, struct xdp_md, data_end)
USE(task, struct task_struct, real_parent)
USE(sock, struct sock, __sk_common.skc_net)
USE(inet, struct inet_sock, inet_sport)
USE(skb, struct sk_buff, network_header)
USE(file, struct file, f_path.dentry)
USE(inode, struct inode, i_sb)
USE(mount, struct mount, mnt_mountpoint)
USE(bprm, struct linux_binprm, file)
USE(bio, struct bio, bi_bdev)
USE(request, struct request, q)
USE(iphdr, struct iphdr, daddr)
USE(ipv6hdr, struct ipv6hdr, daddr)
USE(tcphdr, struct tcphdr, dest)
USE(udphdr, struct udphdr, dest)
USE(ethhdr, struct ethhdr, h_proto)
USE(sockaddr_in, struct sockaddr_in, sin_port)
USE(sockaddr_in6, struct sockaddr_in6, sin6_port)
USE(msghdr, struct msghdr, msg_name)
USE(timespec, struct timespec64, tv_nsec)
USE(kernel_stack, struct pt_regs, sp)

#ifdef __TARGET_ARCH_x86
SIZE(struct pt_regs, 168); AT(struct pt_regs, orig_ax, 120); AT(struct pt_regs, di, 112); AT(struct pt_regs, sp, 152);
USE(number, struct pt_regs, orig_ax)
#endif
#ifdef __TARGET_ARCH_arm64
// arch/arm64/include/uapi/asm/ptrace.h, arch/arm64/include/asm/ptrace.h: the latter is a whole number of 16-byte units.
SIZE(struct user_pt_regs, 272); AT(struct user_pt_regs, sp, 248); AT(struct user_pt_regs, pc, 256); AT(struct user_pt_regs, pstate, 264);
AT(struct pt_regs, user_regs, 0); AT(struct pt_regs, regs, 0); AT(struct pt_regs, pstate, 264);
AT(struct pt_regs, orig_x0, 272); AT(struct pt_regs, syscallno, 280); AT(struct pt_regs, sdei_ttbr1, 288); AT(struct pt_regs, stackframe, 296);
_Static_assert(sizeof(struct pt_regs) % 16 == 0, "pt_regs");
USE(number, struct pt_regs, syscallno)
#endif

// Every way in which bpf_tracing.h gets at registers.
long registers(struct pt_regs *ctx)
{
	return PT_REGS_PARM1(ctx) + PT_REGS_PARM5(ctx) + PT_REGS_RC(ctx) + PT_REGS_SP(ctx) + PT_REGS_IP(ctx) + PT_REGS_FP(ctx);
}

long registers_core(struct pt_regs *ctx)
{
	return PT_REGS_PARM1_CORE(ctx) + PT_REGS_PARM5_CORE(ctx) + PT_REGS_RC_CORE(ctx) + PT_REGS_SP_CORE(ctx) + PT_REGS_IP_CORE(ctx);
}

long system_call(struct pt_regs *ctx)
{
	return PT_REGS_PARM1_CORE_SYSCALL(ctx) + PT_REGS_PARM2_CORE_SYSCALL(ctx) + PT_REGS_PARM3_CORE_SYSCALL(ctx) + PT_REGS_PARM4_CORE_SYSCALL(ctx) +
	       PT_REGS_PARM5_CORE_SYSCALL(ctx);
}

SEC("kprobe/do_unlinkat") int BPF_KPROBE(probe, int dfd, struct filename *name) { return dfd + (long)name; }
SEC("kretprobe/do_unlinkat") int BPF_KRETPROBE(after, long result) { return result; }
SEC("tp_btf/sys_enter") int BPF_PROG(raw, struct pt_regs *regs, long number) { return number + registers(regs); }
