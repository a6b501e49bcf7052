// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
typedef int number_t;
struct pair { number_t pad; number_t b; number_t a; };
typedef struct pair pair_t;
struct holder { pair_t flavour; pair_t *pointer; pair_t pairs[3]; };
struct holder h; pair_t p;
