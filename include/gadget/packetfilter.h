/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The place where the runtime puts a user's packet filter. The function is never inlined, so the runtime finds it by
 * name and writes instructions before its body; the three equal pointers keep R1 to R3 free for them.
 */
#ifndef JIG_GADGET_PACKETFILTER_H
#define JIG_GADGET_PACKETFILTER_H

#include <bpf/bpf_helpers.h>

#define GADGET_PF(name)                                                                                                \
	static __noinline bool gadget_pf_##name(void *r1, void *r2, void *r3, void *data, void *data_end)              \
	{                                                                                                              \
		return data != data_end && r1 == r2 && r2 == r3;                                                       \
	}

#define JIG_PF_3(skb, data, data_end) gadget_pf_(skb, skb, skb, data, data_end)
#define JIG_PF_4(name, skb, data, data_end) gadget_pf_##name(skb, skb, skb, data, data_end)
#define JIG_PF_TOO_FEW(...)                                                                                            \
	({                                                                                                             \
		_Static_assert(0, "gadget_pf_matches takes ([name,] skb, data, data_end)");                            \
		false;                                                                                                 \
	})
#define JIG_PF_PICK(a1, a2, a3, a4, macro, ...) macro

/* Whether the packet passes the filter `name` (or the nameless one). */
#define gadget_pf_matches(...)                                                                                         \
	JIG_PF_PICK(__VA_ARGS__, JIG_PF_4, JIG_PF_3, JIG_PF_TOO_FEW, JIG_PF_TOO_FEW)(__VA_ARGS__)

#endif
