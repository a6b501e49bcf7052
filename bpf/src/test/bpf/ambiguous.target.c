// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
struct twice { int a; int b; };
struct twice___other { long pad; int a; int b; };
struct twice one; struct twice___other two;
