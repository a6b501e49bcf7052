// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
enum plain { PLAIN_A = -5, PLAIN_B };
enum negative { NEGATIVE = 1, POSITIVE };
struct numbers { unsigned long h; _Bool g; unsigned char f; void *e; enum negative d; enum plain c; int b; unsigned int a; };
struct numbers n;
