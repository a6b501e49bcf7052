/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Markers. Each is a global pointer that nothing refers to: only its name and its BTF matter. They tell the loader
 * which data sources, params and bindings an object has. See docs/gadget-authors.md.
 */
#ifndef JIG_GADGET_MACROS_H
#define JIG_GADGET_MACROS_H

/* A marker that carries everything in its name. */
#define JIG_MARKER(marker) const void *marker __attribute__((unused))

/* A marker that keeps the BTF of a structure in the object. */
#define JIG_TYPE_MARKER(marker, type) const struct type *marker __attribute__((unused))

/* A stream of records of `struct type` that arrives through the ring or perf buffer `map`. */
#define GADGET_TRACER(name, map, type)                                                                                 \
	JIG_MARKER(gadget_tracer_##name##___##map##___##type);                                                         \
	JIG_TYPE_MARKER(__gadget_tracer_type_##name, type)

/* A `const volatile` variable that users may set. */
#define GADGET_PARAM(variable) JIG_MARKER(gadget_param_##variable)

#define JIG_ITER_1(name, type, p1) JIG_MARKER(gadget_iter_##name##___##type##___##p1)
#define JIG_ITER_2(name, type, p1, p2) JIG_MARKER(gadget_iter_##name##___##type##___##p1##___##p2)
#define JIG_ITER_3(name, type, p1, p2, p3) JIG_MARKER(gadget_iter_##name##___##type##___##p1##___##p2##___##p3)
#define JIG_ITER_PICK(p1, p2, p3, macro, ...) macro

/* Records of `struct type` that one to three iterator programs write. */
#define GADGET_ITER(name, type, ...)                                                                                   \
	JIG_ITER_PICK(__VA_ARGS__, JIG_ITER_3, JIG_ITER_2, JIG_ITER_1)(name, type, __VA_ARGS__);                       \
	JIG_TYPE_MARKER(unusedevent_##name##___##type, type)

/* The older name of GADGET_ITER. */
#define GADGET_SNAPSHOTTER(name, type, ...) GADGET_ITER(name, type, __VA_ARGS__)

/* The elements of the hash map `map`, read at intervals. */
#define GADGET_MAPITER(name, map) JIG_MARKER(gadget_mapiter_##name##___##map)

/* The map over which the `iter/bpf_map_elem` program `program` runs. */
#define GADGET_ITER_TARGET_MAP(program, map) JIG_MARKER(gadget_mapelem_iter_target_##program##___##map)

/* The socket map to which the sk_skb or sk_msg program `program` is attached. */
#define GADGET_SK_TARGET_MAP(program, map) JIG_MARKER(gadget_sk_prog_target_##program##___##map)

/*
 * Alternatives: several ways to do one job, of which the loader takes the first that this kernel loads and attaches. The
 * regular programs of a job, rank 50, have a SEC as always, and are what other loaders see. An alternative is a global
 * function without SEC, which others pass over. Variants are tried by rank, 1 to 99; 0 is only taken on request.
 */

/* The program `program`, which has a SEC, belongs to this job. */
#define GADGET_JOB(job, program) JIG_MARKER(gadget_job___##job##___##program)

/*
 * `function`, which has no SEC, is part of the variant `rank` of this job: all functions of a variant are loaded and
 * attached, or none. `kind` is the first word of a section name, `target` the rest, with ___ for each slash.
 */
#define GADGET_ALTERNATIVE(job, rank, kind, target, function)                                                          \
	JIG_MARKER(gadget_alternative___##job##___##rank##___##kind##___##target##___##function)

/* The gadget is of use without this job. */
#define GADGET_JOB_OPTIONAL(job) JIG_MARKER(gadget_joboptional___##job)

/*
 * The `const volatile __u64` variable receives the address of the kernel's symbol, or that of the symbol behind it. Several markers
 * for one variable name candidates, of which the first that exists is taken; a function that the compiler changed (f.isra.0)
 * counts as f. Without any, or where the kernel hides addresses, the variable keeps its value.
 */
#define GADGET_KSYM(variable, symbol) JIG_MARKER(gadget_ksym___##variable##___##symbol)
#define GADGET_KSYM_END(variable, symbol) JIG_MARKER(gadget_ksymend___##variable##___##symbol)

/* The variant is only taken if its programs run when the loader provokes it: `exec` starts a program. */
#define GADGET_SELFTEST(job, rank, name) JIG_MARKER(gadget_selftest___##job##___##rank##___##name)

/* A name for a variant, for --hooks. */
#define GADGET_VARIANT_NAME(job, rank, name) JIG_MARKER(gadget_variantname___##job##___##rank##___##name)

#endif
