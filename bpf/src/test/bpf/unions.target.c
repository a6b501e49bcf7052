// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
union was_struct { int a; int b; };
struct holder { int pad; struct { int pad2; int a; long b; } u; union { int d; int c; } s; };
struct sockaddr { int pad; struct { int address; short family; } four; struct { char address[16]; } six; };
union was_struct w; struct holder h; struct sockaddr s;
