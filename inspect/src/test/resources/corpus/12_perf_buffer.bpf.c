// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog EventOutput events always
// expect: prog StackId stacks always

struct { int (*type)[4]; int (*key_size)[4]; int (*value_size)[4]; } events SEC(".maps");
struct { int (*type)[7]; int (*key_size)[4]; int (*value_size)[1016]; int (*max_entries)[16]; } stacks SEC(".maps");
SEC("perf_event") int prog(void *ctx)
{
	__u64 value = bpf_get_stackid(ctx, &stacks, 0);

	bpf_perf_event_output(ctx, &events, 0xffffffffULL, &value, sizeof(value));
	return 0;
}
