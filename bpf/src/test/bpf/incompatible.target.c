// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
union u { int x; };
struct kinds { int *was_int; int was_pointer; union u was_struct; long was_array[4]; double was_float; enum other { O } was_enum; };
struct kinds k;
