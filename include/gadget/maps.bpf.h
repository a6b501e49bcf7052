/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#ifndef JIG_GADGET_MAPS_BPF_H
#define JIG_GADGET_MAPS_BPF_H

#include <bpf/bpf_helpers.h>
#include <asm-generic/errno.h>

/* The element of `key`, made from `init` if there is none yet; NULL when the map is full. */
static __always_inline void *bpf_map_lookup_or_try_init(void *map, const void *key, const void *init)
{
	void *value = bpf_map_lookup_elem(map, key);
	long error;

	if (value)
		return value;
	error = bpf_map_update_elem(map, key, init, BPF_NOEXIST);
	if (error && error != -EEXIST)
		return 0;
	return bpf_map_lookup_elem(map, key);
}

#endif
