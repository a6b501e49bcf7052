// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Read .rodata:enabled always
// expect: prog Delete a conditional on enabled
// expect: with enabled=0: no prog Delete a
// expect: with enabled=1: prog Delete a always

MAP(a, HASH, 8, __u32, __u64);
const volatile _Bool enabled = 0;
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;

	if (enabled)
		bpf_map_delete_elem(&a, &key);
	return 0;
}
