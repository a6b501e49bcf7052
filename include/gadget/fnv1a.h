/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The hash of Fowler, Noll and Vo, variant 1a: numbers are fed byte by byte, lowest first. */
#ifndef JIG_GADGET_FNV1A_H
#define JIG_GADGET_FNV1A_H

#include <bpf/bpf_helpers.h>

#define FNV1_32_PRIME 0x01000193
#define FNV1_32_INIT 0x811c9dc5
#define FNV1_64_PRIME 0x00000100000001b3ULL
#define FNV1_64_INIT 0xcbf29ce484222325ULL

static __always_inline u32 fnv_32a_init(void)
{
	return FNV1_32_INIT;
}

static __always_inline u64 fnv_64a_init(void)
{
	return FNV1_64_INIT;
}

#define JIG_FNV_UPDATE(width, hash_type, prime, bits)                                                                  \
	static __always_inline void fnv_##width##a_update_u##bits(hash_type *hash, u##bits value)                      \
	{                                                                                                              \
		for (int i = 0; i < (bits) / 8; i++) {                                                                 \
			*hash ^= (u8)((u64)value >> (8 * i));                                                          \
			*hash *= (prime);                                                                              \
		}                                                                                                      \
	}

JIG_FNV_UPDATE(32, u32, FNV1_32_PRIME, 8)
JIG_FNV_UPDATE(32, u32, FNV1_32_PRIME, 16)
JIG_FNV_UPDATE(32, u32, FNV1_32_PRIME, 32)
JIG_FNV_UPDATE(32, u32, FNV1_32_PRIME, 64)
JIG_FNV_UPDATE(64, u64, FNV1_64_PRIME, 8)
JIG_FNV_UPDATE(64, u64, FNV1_64_PRIME, 16)
JIG_FNV_UPDATE(64, u64, FNV1_64_PRIME, 32)
JIG_FNV_UPDATE(64, u64, FNV1_64_PRIME, 64)

#undef JIG_FNV_UPDATE

#endif
