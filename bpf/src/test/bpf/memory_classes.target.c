// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct record { int pad; signed char e; short f; int g; unsigned char a; unsigned short b; unsigned int c; unsigned long long d; };
struct record r;
