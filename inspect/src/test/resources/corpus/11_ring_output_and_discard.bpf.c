// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog RingOutput one always
// expect: prog Reserve two always
// expect: prog Discard two conditional

RING(one);
RING(two);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u64 value = 1;
	void *record;

	bpf_ringbuf_output(&one, &value, sizeof(value), 0);
	record = bpf_ringbuf_reserve(&two, 8, 0);
	if (record)
		bpf_ringbuf_discard(record, 0);
	return 0;
}
