// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct several___one { int c; int a; };
struct several { int pad; int only_one; int c; int a; };
struct alike { int b; int a; };
struct alike___too { unsigned c; int a; };
struct several___one one; struct several two; struct alike a; struct alike___too b;
