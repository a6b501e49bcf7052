// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct numbers { unsigned short e; long d; int c; short b; signed char a; };
struct numbers n;
