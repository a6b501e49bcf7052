// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog TailCall tails always

struct { int (*type)[3]; int (*key_size)[4]; int (*value_size)[4]; int (*max_entries)[4]; } tails SEC(".maps");
SEC("tracepoint/x/y") int prog(void *ctx)
{
	bpf_tail_call(ctx, &tails, 1);
	return 0;
}
