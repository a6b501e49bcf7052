// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Programs that the verifier refuses, each with a part of the cause that people are to be told.
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, __u32); __type(value, __u64[4]); } numbers SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u64); __uint(map_flags, BPF_F_RDONLY_PROG); } constants SEC(".maps");
struct locked { struct bpf_spin_lock lock; int value; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, struct locked); } locks SEC(".maps");
const volatile __u64 fixed = 3;
#define BAD(name) SEC("tracepoint/syscalls/sys_enter_getpid") int name(void *ctx)
#define ASM(code) asm volatile(code ::: "r0", "r1", "r2", "r3", "r4", "r5", "r6", "memory")

// refused: null_value | may be NULL is used before
BAD(null_value) { __u32 k = 1; __u64 *v = bpf_map_lookup_elem(&numbers, &k); return *v; }
// refused: null_record | may be NULL is used before
BAD(null_record) { __u64 *v = bpf_ringbuf_reserve(&events, 8, 0); *v = 1; bpf_ringbuf_submit(v, 0); return 0; }
// refused: null_argument | may be NULL
BAD(null_argument) { __u32 k = 1; void *v = bpf_map_lookup_elem(&numbers, &k); bpf_map_delete_elem(&numbers, v); return 0; }
// refused: null_submit | may be NULL
BAD(null_submit) { void *v = bpf_ringbuf_reserve(&events, 8, 0); bpf_ringbuf_submit(v, 0); return 0; }
// refused: number_as_pointer | a number is used as a pointer
BAD(number_as_pointer) { __u64 *p = (void *)bpf_get_current_task(); return *p; }
// refused: constant_as_pointer | a number is used as a pointer
BAD(constant_as_pointer) { ASM("r1 = 64; r0 = *(u64 *)(r1 + 0);"); return 0; }
// refused: store_to_number | a number is used as a pointer
BAD(store_to_number) { ASM("r1 = 64; r2 = 0; *(u64 *)(r1 + 0) = r2;"); return 0; }
// refused: beyond_value | accessed beyond its end
BAD(beyond_value) { __u32 k = 1; __u64 *v = bpf_map_lookup_elem(&numbers, &k); return v ? v[4] : 0; }
// refused: before_value | accessed beyond its end
BAD(before_value) { __u32 k = 1; __u64 *v = bpf_map_lookup_elem(&numbers, &k); return v ? v[-1] : 0; }
// refused: unchecked_index | no upper bound
BAD(unchecked_index) { __u32 k = 1; __u64 *v = bpf_map_lookup_elem(&numbers, &k); return v ? v[bpf_get_prandom_u32()] : 0; }
// refused: loose_index | may be larger
BAD(loose_index) { __u32 k = 1, i = bpf_get_prandom_u32(); __u64 *v = bpf_map_lookup_elem(&numbers, &k); return v && i < 9 ? v[i] : 0; }
// refused: negative_index | may be | accessed beyond its end
BAD(negative_index) { __u32 k = 1; long i = bpf_get_prandom_u32() - 5L; __u64 *v = bpf_map_lookup_elem(&numbers, &k); return v && i < 3 ? v[i] : 0; }
// refused: unset_result | ends without a result
BAD(unset_result) { register int result asm("r0"); asm volatile("" : "=r"(result)); return result; }
// refused: unset_register | used before it has a value
BAD(unset_register) { ASM("r0 = r6;"); return 0; }
// refused: lost_argument | used before it has a value
BAD(lost_argument) { ASM("call 5; r0 = r1; r0 = 0;"); return 0; }
// refused: stack_too_low | 512 bytes of stack
BAD(stack_too_low) { ASM("r1 = 0; *(u64 *)(r10 - 520) = r1;"); return 0; }
// refused: stack_above | 512 bytes
BAD(stack_above) { ASM("r1 = 0; *(u64 *)(r10 + 8) = r1;"); return 0; }
// refused: odd_stack | multiple of the width
BAD(odd_stack) { ASM("r1 = 0; *(u64 *)(r10 - 9) = r1;"); return 0; }
// refused: endless | a loop does not end
BAD(endless) { ASM("r1 = 1; 1: if r1 == 1 goto 1b;"); return 0; }
// refused: too_long | gave up after one million | too many ways
BAD(too_long) { volatile __u64 sum = 0; for (__u32 i = 0; i < 100000000; i++) sum += bpf_get_prandom_u32() & 1 ? i : 1; return sum; }
// refused: unknown_helper | no such helper
BAD(unknown_helper) { ASM("call 4000; r0 = 0;"); return 0; }
// refused: helper_of_others | not for programs of this type | no such helper
BAD(helper_of_others) { ASM("r1 = 0; r2 = 0; r3 = 0; r4 = 0; r5 = 0; call 9; r0 = 0;"); return 0; }
// refused: kept_record | not given back on every way
BAD(kept_record) { void *v = bpf_ringbuf_reserve(&events, 8, 0); return v ? 1 : 0; }
// refused: half_kept_record | not given back on every way
BAD(half_kept_record) { void *v = bpf_ringbuf_reserve(&events, 8, 0); if (!v) return 0; if (bpf_get_prandom_u32() & 1) return 1; bpf_ringbuf_submit(v, 0); return 0; }
// refused: submitted_twice | a number is used | of another kind | not acquired here
BAD(submitted_twice) { void *v = bpf_ringbuf_reserve(&events, 8, 0); if (!v) return 0; bpf_ringbuf_submit(v, 0); asm volatile("" : "+r"(v)); bpf_ringbuf_submit(v, 0); return 0; }
// refused: used_after_submit | a number is used as a pointer
BAD(used_after_submit) { __u64 *v = bpf_ringbuf_reserve(&events, 8, 0); if (!v) return 0; bpf_ringbuf_submit(v, 0); return *(volatile __u64 *)v; }
// refused: beyond_record | beyond its end
BAD(beyond_record) { __u64 *v = bpf_ringbuf_reserve(&events, 8, 0); if (!v) return 0; v[1] = 1; bpf_ringbuf_submit(v, 0); return 0; }
// refused: beyond_context | the context has no such field
BAD(beyond_context) { return *(volatile __u64 *)(ctx + 8192); }
// refused: changed_context | the context has no such field | the context is accessed | may be
BAD(changed_context) { ASM("r1 += 7777; r0 = *(u64 *)(r1 + 0); r0 = 0;"); return 0; }
// refused: written_context | the context has no such field
BAD(written_context) { ASM("r2 = 0; *(u64 *)(r1 + 16) = r2;"); return 0; }
// refused: written_constant | accessed so | read-only
BAD(written_constant) { __u64 *p = (void *)&fixed; asm volatile("" : "+r"(p)); *p = 4; return 0; }
// refused: written_frozen | accessed so | read-only
BAD(written_frozen) { __u32 k = 0; __u64 *v = bpf_map_lookup_elem(&constants, &k); if (v) *v = 1; return 0; }
// refused: map_as_memory | a map itself
BAD(map_as_memory) { *(volatile __u64 *)&numbers = 1; return 0; }
// refused: no_map | another kind | must be a map
BAD(no_map) { __u32 k = 1; __u64 fake = 0; bpf_map_lookup_elem(&fake, &k); return 0; }
// refused: number_for_map | another kind | must be a map
BAD(number_for_map) { ASM("r1 = 1; r2 = r10; r2 += -8; r3 = 0; *(u64 *)(r10 - 8) = r3; call 1; r0 = 0;"); return 0; }
// refused: number_for_key | another kind
BAD(number_for_key) { bpf_map_delete_elem(&numbers, (void *)77); return 0; }
// refused: wrong_map_type | not for maps of this type
BAD(wrong_map_type) { bpf_ringbuf_query(&numbers, 0); return 0; }
// refused: unbounded_size | no upper bound | may be negative
BAD(unbounded_size) { char b[16]; bpf_probe_read_kernel(b, bpf_get_prandom_u32(), ctx); return 0; }
// refused: negative_size | may be negative
BAD(negative_size) { char b[16]; bpf_probe_read_kernel(b, (long)(int)bpf_get_prandom_u32(), ctx); return 0; }
// refused: size_too_large | 512 bytes | beyond | stack
BAD(size_too_large) { char b[16]; bpf_probe_read_kernel(b, 4096, ctx); return 0; }
// refused: written_frame | r10 is written
BAD(written_frame) { ASM("r10 = 1;"); return 0; }
// refused: multiplied_pointer | pointer
BAD(multiplied_pointer) { ASM("r1 *= 2; r0 = 0;"); return 0; }
// refused: added_pointers | pointer
BAD(added_pointers) { ASM("r2 = r10; r2 += r1; r0 = 0;"); return 0; }
// refused: locked_call | lock
SEC("tc") int locked_call(struct __sk_buff *ctx) { __u32 k = 0; struct locked *l = bpf_map_lookup_elem(&locks, &k); if (!l) return 0; bpf_spin_lock(&l->lock); bpf_ktime_get_ns(); bpf_spin_unlock(&l->lock); return 0; }
// refused: kept_lock | lock
SEC("tc") int kept_lock(struct __sk_buff *ctx) { __u32 k = 0; struct locked *l = bpf_map_lookup_elem(&locks, &k); if (!l) return 0; bpf_spin_lock(&l->lock); return 0; }
// refused: wrong_result | number that its type does not allow
SEC("cgroup/sock_create") int wrong_result(void *ctx) { return 7; }
// refused: unchecked_packet | packet is read beyond
SEC("xdp") int unchecked_packet(struct xdp_md *ctx) { return *(volatile __u8 *)(long)ctx->data ? 1 : 2; }
// refused: halfchecked_packet | packet is read beyond
SEC("xdp") int halfchecked_packet(struct xdp_md *ctx) { __u8 *d = (void *)(long)ctx->data; if (d + 4 > (__u8 *)(long)ctx->data_end) return 2; return ((volatile __u8 *)d)[4] ? 1 : 2; }
char LICENSE[] SEC("license") = "GPL";
