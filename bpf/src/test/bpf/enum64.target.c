// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
enum big { SMALL = 0x300000000ull, BIG = 0x500000000ull };
enum negative { MINUS = -0x700000000ll };
enum narrow { NARROW = 0x900000000ull };
enum signed_narrow { SIGNED_NARROW = -9 };
enum big a; enum negative b; enum narrow c; enum signed_narrow d;
