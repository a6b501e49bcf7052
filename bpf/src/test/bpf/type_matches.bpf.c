// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct same { int a; unsigned long b; };
struct subset { int a; };
struct wrong_size { long a; };
struct wrong_sign { unsigned int a; };
struct missing { int a; int nowhere; };
struct array { int a[4]; };
struct wrong_array { int a[5]; };
struct pointers { struct same *s; struct unknown *u; void (*f)(int, long); };
struct wrong_function { void (*f)(int); };
struct anonymous { struct { int x; }; int y; };
union one { int a; long b; };
enum colours { RED, GREEN___x };
enum more_colours { BLUE, NO_SUCH };
typedef struct same same_t;
typedef int (*function_t)(struct same *, int);
typedef int (*wrong_function_t)(struct same *, long);
struct flavoured___two { int a; };
struct kind_differs { int a; };

#define MATCH(type) sink += bpf_core_type_matches(type)
SEC("raw_tp/sys_enter")
int matches(void *ctx)
{
	MATCH(struct same); MATCH(struct subset); MATCH(struct wrong_size); MATCH(struct wrong_sign); MATCH(struct missing);
	MATCH(struct array); MATCH(struct wrong_array); MATCH(struct pointers); MATCH(struct wrong_function);
	MATCH(struct anonymous); MATCH(union one); MATCH(enum colours); MATCH(enum more_colours); MATCH(same_t);
	MATCH(function_t); MATCH(wrong_function_t); MATCH(struct flavoured___two); MATCH(struct kind_differs);
	return 0;
}

#define EXISTS(type) sink += bpf_core_type_exists(type)
SEC("raw_tp/sys_exit")
int compatible(void *ctx)
{
	EXISTS(struct same); EXISTS(struct wrong_size); EXISTS(function_t); EXISTS(wrong_function_t); EXISTS(struct kind_differs);
	EXISTS(enum more_colours); EXISTS(same_t);
	return 0;
}
