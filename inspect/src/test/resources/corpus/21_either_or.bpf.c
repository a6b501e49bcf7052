// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Read .rodata:mode always
// expect: prog Update a conditional on mode
// expect: prog Delete b conditional on mode
// expect: with mode=2: no prog Delete b

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u32, __u64);
const volatile __u32 mode = 0;
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	__u64 value = 2;

	if (mode == 2)
		bpf_map_update_elem(&a, &key, &value, 0);
	else
		bpf_map_delete_elem(&b, &key);
	return 0;
}
