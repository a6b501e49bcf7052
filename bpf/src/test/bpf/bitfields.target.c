// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct flags { unsigned long long pad; unsigned int x : 9, b : 9, a : 5; unsigned int more; __attribute__((packed)) int c : 9; unsigned long long z : 20, d : 40; unsigned int e : 2; };
struct flags f;
