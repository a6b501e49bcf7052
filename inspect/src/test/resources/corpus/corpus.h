// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// What the programs of the corpus are made of. Each says in comments what it does with which map, written before it was analysed.
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
#define SEC(name) __attribute__((section(name), used))
#define NOINLINE __attribute__((noinline))
#define INLINE static inline __attribute__((always_inline))
#define NULL ((void *)0)
#define MAP(name, kind, entries, k, v)          \
	struct {                                \
		int (*type)[kind];              \
		int (*max_entries)[entries];    \
		k *key;                         \
		v *value;                       \
	} name SEC(".maps")
#define RING(name)                              \
	struct {                                \
		int (*type)[27];                \
		int (*max_entries)[4096];       \
	} name SEC(".maps")
#define HASH 1
#define ARRAY 2
#define PERCPU_ARRAY 6
#define QUEUE 22
static void *(*bpf_map_lookup_elem)(void *, const void *) = (void *)1;
static long (*bpf_map_update_elem)(void *, const void *, const void *, __u64) = (void *)2;
static long (*bpf_map_delete_elem)(void *, const void *) = (void *)3;
static __u64 (*bpf_ktime_get_ns)(void) = (void *)5;
static long (*bpf_tail_call)(void *, void *, __u32) = (void *)12;
static __u64 (*bpf_get_current_pid_tgid)(void) = (void *)14;
static long (*bpf_perf_event_output)(void *, void *, __u64, void *, __u64) = (void *)25;
static long (*bpf_get_stackid)(void *, void *, __u64) = (void *)27;
static long (*bpf_map_push_elem)(void *, const void *, __u64) = (void *)87;
static long (*bpf_map_pop_elem)(void *, void *) = (void *)88;
static long (*bpf_map_peek_elem)(void *, void *) = (void *)89;
static long (*bpf_probe_read_kernel)(void *, __u32, const void *) = (void *)113;
static long (*bpf_ringbuf_output)(void *, void *, __u64, __u64) = (void *)130;
static void *(*bpf_ringbuf_reserve)(void *, __u64, __u64) = (void *)131;
static void (*bpf_ringbuf_submit)(void *, __u64) = (void *)132;
static void (*bpf_ringbuf_discard)(void *, __u64) = (void *)133;
static long (*bpf_for_each_map_elem)(void *, void *, void *, __u64) = (void *)164;
static long (*bpf_timer_init)(void *, void *, __u64) = (void *)169;
static long (*bpf_timer_set_callback)(void *, void *) = (void *)170;
static long (*bpf_timer_start)(void *, __u64, __u64) = (void *)171;
static long (*bpf_loop)(__u32, void *, void *, __u64) = (void *)181;
static void *(*bpf_map_lookup_percpu_elem)(void *, const void *, __u32) = (void *)195;
char LICENSE[] SEC("license") = "GPL";
