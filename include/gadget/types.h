/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Types whose names tell the runtime what a field means. A member `gadget_errno error_raw` gets a sibling `error` with
 * the name of the error, a member of type gadget_mntns_id names the container, and so on.
 */
#ifndef JIG_GADGET_TYPES_H
#define JIG_GADGET_TYPES_H

#ifndef __VMLINUX_H__
#include <stdbool.h>
#endif

#ifndef TASK_COMM_LEN
#define TASK_COMM_LEN 16
#endif

/* Inode numbers of namespaces. */
typedef __u64 gadget_mntns_id;
typedef __u32 gadget_netns_id;

/* Nanoseconds since boot, suspend included: bpf_ktime_get_boot_ns(). */
typedef __u64 gadget_timestamp;

typedef __u32 gadget_signal;
typedef __u32 gadget_errno;
typedef __u64 gadget_syscall;
typedef __u32 gadget_file_mode;
typedef __u32 gadget_file_flags;

typedef __u32 gadget_uid;
typedef __u32 gadget_gid;

/* "pid" is the thread group, "tid" the kernel's task, as everywhere in user space. */
typedef __u32 gadget_pid;
typedef __u32 gadget_tid;
typedef __u32 gadget_ppid;
typedef __u32 gadget_ptid;
typedef char gadget_comm;
typedef char gadget_pcomm;

/* Amounts that are shown in readable units: bytes, nanoseconds. */
typedef __u64 gadget_bytes;
typedef __u64 gadget_duration;

/* Roles of a field in metrics. */
typedef __u32 gadget_counter__u32;
typedef __u64 gadget_counter__u64;
typedef __u32 gadget_gauge__u32;
typedef __u64 gadget_gauge__u64;
typedef __u32 gadget_histogram_slot__u32;
typedef __u64 gadget_histogram_slot__u64;

/* An id in the map ig_kstack. */
typedef __u32 gadget_kernel_stack;

/* An address in network byte order; IPv4 takes the first four bytes. */
union gadget_ip_addr_t {
	__u8 v6[16];
	unsigned __int128 v6_raw;
	__u32 v4;
};

struct gadget_l3endpoint_t {
	union gadget_ip_addr_t addr_raw;
	__u8 version; /* 4 or 6 */
};

struct gadget_l4endpoint_t {
	union gadget_ip_addr_t addr_raw;
	__u16 port; /* host byte order */
	__u16 proto_raw; /* IPPROTO_* */
	__u8 version; /* 4 or 6 */
};

struct gadget_creds {
	gadget_uid uid;
	gadget_gid gid;
};

struct gadget_parent {
	gadget_pcomm comm[TASK_COMM_LEN];
	gadget_ppid pid;
	gadget_ptid tid;
};

struct gadget_process {
	gadget_comm comm[TASK_COMM_LEN];
	gadget_pid pid;
	gadget_tid tid;
	gadget_mntns_id mntns_id;
	struct gadget_creds creds;
	struct gadget_parent parent;
};

/* A user stack by reference, with what is needed to find the executable again later. inode 0: no stack was taken. */
struct gadget_user_stack {
	__u32 major;
	__u32 minor;
	__u64 inode;
	__u64 mtime_sec;
	__u32 mtime_nsec;
	__u32 base_addr_hash;
	__u32 stack_id;
	__u32 tgid_level0;
	__u32 pid_level0;
	__u32 pidns_level0;
	__u32 pid_level1;
	__u32 pidns_level1;
	__u64 otel_correlation_id;
	__u64 boot_timestamp;
};

#define GADGET_SE_PATH_MAX 4096

/*
 * The owner of a socket. The members behind the delimiter are optional: the runtime decides at load time which exist
 * and how long they are, so every access is relocated against the type that the runtime supplies.
 */
struct gadget_socket_value {
	__u64 mntns;
	__u64 pid_tgid; /* thread group in the upper half */
	__u64 uid_gid; /* gid in the upper half */
	char task[TASK_COMM_LEN];
	char ptask[TASK_COMM_LEN];
	__u64 sock;
	__u64 deletion_timestamp; /* monotonic, 0 while the socket lives */
	__u32 ppid;
	__u32 ptid;
	char ipv6only;
	char optional_fields_start[0] __attribute__((aligned(8)));
	char cwd[GADGET_SE_PATH_MAX];
	char exepath[GADGET_SE_PATH_MAX];
} __attribute__((preserve_access_index));

#endif
