// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct flags { unsigned char b; unsigned short a; int c : 20; long d; };
struct flags f;
