// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct item { long pad; int b; int a; };
struct arrays { int before; int one[9]; struct item items[4]; int matrix[3][5]; int after; int flexible[]; };
struct outer { int x; struct item inner[3]; struct arrays *list; };
struct arrays *a; struct outer o;
