/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Slots of logarithmic histograms. */
#ifndef JIG_GADGET_BITS_BPF_H
#define JIG_GADGET_BITS_BPF_H

/* The position of the highest set bit; 0 for 0. */
static __always_inline u64 log2(u32 v)
{
	u32 result = 0;

	for (int shift = 16; shift > 0; shift >>= 1) {
		if (v >> shift) {
			v >>= shift;
			result += shift;
		}
	}
	return result;
}

/* Slot 0 holds 0, slot n the values from 2^(n-1) to 2^n - 1. */
static __always_inline u64 get_slot_idx(u64 v)
{
	u32 high = v >> 32;

	if (v == 0)
		return 0;
	return high ? log2(high) + 33 : log2((u32)v) + 1;
}

#endif
