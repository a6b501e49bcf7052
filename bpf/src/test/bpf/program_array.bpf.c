// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

int target_a(void *ctx);
int target_b(void *ctx);
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 5); __uint(key_size, 4); __array(values, int(void *)); } tails SEC(".maps") = { .values = { [0] = (void *)&target_a, [4] = (void *)&target_b } };

SEC("socket")
int target_a(void *ctx) { return 1; }

SEC("socket")
int target_b(void *ctx) { return 2; }

SEC("socket")
int entry(void *ctx) { bpf_tail_call(ctx, &tails, 4); return 0; }
