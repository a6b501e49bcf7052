// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup scratch always
// expect: prog Write scratch conditional

struct big { __u8 bytes[256]; };
MAP(scratch, PERCPU_ARRAY, 1, __u32, struct big);
SEC("kprobe/x") int prog(void *ctx)
{
	__u32 key = 0;
	struct big *space = bpf_map_lookup_elem(&scratch, &key);

	if (space)
		bpf_probe_read_kernel(space, sizeof(*space), ctx);
	return 0;
}
