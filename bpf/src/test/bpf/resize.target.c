// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct sizes { unsigned long long a; unsigned int b; unsigned short c; unsigned char d; char *p; unsigned int unchanged; };
struct sizes s;
