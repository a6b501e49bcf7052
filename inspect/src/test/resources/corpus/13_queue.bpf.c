// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Push jobs always
// expect: prog Peek jobs always
// expect: prog Pop jobs always

struct { int (*type)[QUEUE]; int (*value_size)[8]; int (*max_entries)[16]; } jobs SEC(".maps");
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u64 job = 1;

	bpf_map_push_elem(&jobs, &job, 0);
	bpf_map_peek_elem(&jobs, &job);
	bpf_map_pop_elem(&jobs, &job);
	return job;
}
