// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct sizes { long a; short b; int c; };
struct sizes s;
