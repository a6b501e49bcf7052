// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct value { long a; int b; };
#define MAP(name, kind, entries) struct { __uint(type, BPF_MAP_TYPE_##kind); __uint(max_entries, entries); __type(key, __u32); __type(value, struct value); } name SEC(".maps")
MAP(hash, HASH, 10);
MAP(array, ARRAY, 3);
MAP(lru, LRU_HASH, 100);
MAP(percpu, PERCPU_ARRAY, 1);
MAP(percpu_hash, PERCPU_HASH, 5);
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(key_size, 4); __uint(value_size, 4); } perf SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(key_size, 4); __uint(value_size, 127 * 8); __uint(max_entries, 16); } stacks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 4); __type(value, int); } queue SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __uint(map_flags, BPF_F_NO_PREALLOC); __uint(key_size, 4); __uint(value_size, 8); } flagged SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 4); __uint(map_flags, BPF_F_NO_PREALLOC); __uint(key_size, 8); __uint(value_size, 8); } trie SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, long); } storage SEC(".maps");

SEC("raw_tp/sys_enter")
int uses(void *ctx)
{
	__u32 key = 1;
	struct value v = {};

	bpf_map_lookup_elem(&array, &key);
	bpf_map_update_elem(&hash, &key, &v, 0);
	bpf_map_update_elem(&lru, &key, &v, 0);
	bpf_map_lookup_elem(&percpu, &key);
	bpf_map_lookup_elem(&percpu_hash, &key);
	bpf_ringbuf_output(&ring, &v, sizeof(v), 0);
	bpf_perf_event_output(ctx, &perf, BPF_F_CURRENT_CPU, &v, sizeof(v));
	bpf_get_stackid(ctx, &stacks, 0);
	bpf_map_push_elem(&queue, &key, 0);
	bpf_map_delete_elem(&flagged, &key);
	bpf_map_lookup_elem(&trie, &v);
	return (long)&storage;
}
