// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct deep { long first; union { struct { int d; int c; }; int a; }; int b; };
struct flat { struct { long pad; int z; }; union { int y; struct { struct { int w; int x; }; }; }; };
union mixed { int k; struct { long pad; int i; int j; }; };
struct deep d; struct flat f; union mixed m;
