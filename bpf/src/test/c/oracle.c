// SPDX-License-Identifier: Apache-2.0
// Says what libbpf makes of each program of an object, one instruction a line: slot, opcode, registers, offset, immediate, and a map's name in place of its
// descriptor or id. Usage: oracle link|load OBJECT [BTF].
// link: the instructions that it would give to the kernel.
// load: what the kernel made of them.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PROGRAMS 4096

static struct bpf_object *current;
static const char *dumped[MOST_PROGRAMS];
static int dumps;

static int warnings_only(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return level == LIBBPF_WARN || getenv("ORACLE_DEBUG") ? vfprintf(stderr, format, arguments) : 0;
}

static const char *short_name(const struct bpf_map *map)
{
	const char *name = bpf_map__name(map);
	const char *dot = strchr(name, '.');

	return bpf_map__is_internal(map) && dot ? dot : name;
}

/* Since libbpf 1.5 maps tell their descriptors only when everything is loaded: until then the kernel knows the name, cut to 15 bytes. */
static int is_named(const struct bpf_map *map, const char *kernel_name)
{
	const char *dot = strchr(kernel_name, '.');
	const char *cut = bpf_map__is_internal(map) && dot ? dot : kernel_name;

	return !strncmp(short_name(map), cut, strlen(cut)) && (strlen(kernel_name) == 15 || !short_name(map)[strlen(cut)]);
}

static const char *map_name(int descriptor)
{
	struct bpf_map_info info = {};
	__u32 size = sizeof(info);
	struct bpf_map *map;

	bpf_object__for_each_map(map, current)
		if (bpf_map__fd(map) == descriptor)
			return short_name(map);
	if (bpf_obj_get_info_by_fd(descriptor, &info, &size))
		return "?";
	bpf_object__for_each_map(map, current)
		if (is_named(map, info.name))
			return short_name(map);
	return "?";
}

static int is_wide(const struct bpf_insn *instruction)
{
	return instruction->code == 0x18;
}

static void print_instruction(size_t slot, const struct bpf_insn *instruction, const char *map)
{
	printf("%zu: %02x %x %x %d %d", slot, instruction->code, instruction->dst_reg, instruction->src_reg, instruction->off,
	       map ? 0 : instruction->imm);
	printf(map ? " %s\n" : "\n", map);
}

static int is_dumped(const char *name)
{
	for (int i = 0; i < dumps; i++)
		if (!strcmp(dumped[i], name))
			return 1;
	return 0;
}

/* The kernel gets a program that does nothing and may always be loaded: what it thinks of the real one does not matter here. */
static int dump(struct bpf_program *program, struct bpf_prog_load_opts *options, long cookie)
{
	static struct bpf_insn nothing[] = { { .code = 0xb7 }, { .code = 0x95 } };
	const struct bpf_insn *instruction = bpf_program__insns(program);
	size_t count = bpf_program__insn_cnt(program);

	printf("program %s\n", bpf_program__name(program));
	for (size_t i = 0; i < count; i++, instruction++) {
		struct bpf_insn shown = *instruction;
		int map = is_wide(&shown) && (shown.src_reg == 1 || shown.src_reg == 2);

		/* A missing weak kernel function: libbpf up to 1.1 calls number 0, later ones an impossible helper. Dead code both. */
		if (shown.code == 0x85 && !shown.src_reg && shown.imm >= 2002000000) {
			shown.src_reg = 2;
			shown.imm = 0;
		}
		print_instruction(i, &shown, map ? map_name(shown.imm) : NULL);
	}
	dumped[dumps++] = strdup(bpf_program__name(program));
	options->func_info_cnt = options->line_info_cnt = 0;
	bpf_program__set_type(program, BPF_PROG_TYPE_SOCKET_FILTER);
	bpf_program__set_expected_attach_type(program, 0);
	return bpf_program__set_insns(program, nothing, 2);
}

static struct bpf_object *open_object(const char *path, const char *btf)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = btf, .object_name = "o");

	return bpf_object__open_file(path, &options);
}

/* Opens the object so that only these programs are loaded. */
static void open_with(const char *path, const char *btf, const char **wanted, int count)
{
	struct bpf_program *program;
	struct bpf_map *map;

	current = open_object(path, btf);
	if (!current)
		exit(2);
	bpf_object__for_each_program(program, current) {
		int chosen = 0;

		for (int i = 0; i < count; i++)
			chosen |= !strcmp(bpf_program__name(program), wanted[i]);
		bpf_program__set_autoload(program, chosen);
	}
	// Gadgets may leave the size of a map to whoever loads them. What is pinned would stay.
	bpf_object__for_each_map(map, current) {
		bpf_map__set_pin_path(map, NULL);
		if (bpf_map__type(map) == BPF_MAP_TYPE_HASH && !bpf_map__max_entries(map))
			bpf_map__set_max_entries(map, 1024);
	}
}

static const char *map_name_by_id(int id)
{
	struct bpf_map_info info = {};
	struct bpf_map *map;

	bpf_object__for_each_map(map, current) {
		__u32 size = sizeof(info);

		if (!bpf_obj_get_info_by_fd(bpf_map__fd(map), &info, &size) && (int)info.id == id)
			return short_name(map);
	}
	return "?";
}

/* What the kernel made of a program. */
static void print_loaded(const struct bpf_program *program)
{
	struct bpf_prog_info info = {};
	__u32 size = sizeof(info);
	struct bpf_insn *code;
	__u32 bytes;

	printf("program %s\n", bpf_program__name(program));
	if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
		exit(4);
	bytes = info.xlated_prog_len;
	code = malloc(bytes);
	memset(&info, 0, sizeof(info));
	info.xlated_prog_len = bytes;
	info.xlated_prog_insns = (__u64)(unsigned long)code;
	if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
		exit(4);
	for (size_t i = 0; i < bytes / sizeof(*code); i++) {
		int map = is_wide(&code[i]) && (code[i].src_reg == 1 || code[i].src_reg == 2);

		print_instruction(i, &code[i], map ? map_name_by_id(code[i].imm) : NULL);
	}
	free(code);
}

/* Loads programs of a kind together. A kind is forbidden as a whole; otherwise, where one is refused, each half is loaded by itself. */
static void load_programs(const char *path, const char *btf, const char **wanted, int count)
{
	struct bpf_program *program;
	int result;

	open_with(path, btf, wanted, count);
	result = bpf_object__load(current);
	if (!result)
		bpf_object__for_each_program(program, current)
			if (bpf_program__autoload(program))
				print_loaded(program);
	bpf_object__close(current);
	if (result == -EPERM || (result && count == 1)) {
		for (int i = 0; i < count; i++)
			printf("program %s\nrefused\n", wanted[i]);
	} else if (result) {
		load_programs(path, btf, wanted, count / 2);
		load_programs(path, btf, wanted + count / 2, count - count / 2);
	}
}

static int is_alike(const struct bpf_program *one, const struct bpf_program *other)
{
	return bpf_program__type(one) == bpf_program__type(other) &&
	       bpf_program__expected_attach_type(one) == bpf_program__expected_attach_type(other);
}

/* Each kind once, when its first program is met. */
static void load(const char *path, const char *btf, const struct bpf_object *object)
{
	static const char *wanted[MOST_PROGRAMS];
	struct bpf_program *first, *program;

	bpf_object__for_each_program(first, object) {
		int count = 0;

		bpf_object__for_each_program(program, object) {
			if (!is_alike(program, first))
				continue;
			if (!count && program != first)
				break;
			wanted[count++] = bpf_program__name(program);
		}
		if (count)
			load_programs(path, btf, wanted, count);
	}
}

/* All at once; what nothing was told of because of others that cannot be linked, by itself. */
static void link_all(const char *path, const char *btf, const struct bpf_object *object)
{
	static const char *wanted[MOST_PROGRAMS];
	struct bpf_program *program;
	int count = 0;

	bpf_object__for_each_program(program, object)
		wanted[count++] = bpf_program__name(program);
	open_with(path, btf, wanted, count);
	bpf_object__load(current);
	bpf_object__close(current);
	for (int i = 0; i < count; i++) {
		if (is_dumped(wanted[i]))
			continue;
		open_with(path, btf, &wanted[i], 1);
		bpf_object__load(current);
		bpf_object__close(current);
		if (!is_dumped(wanted[i]))
			printf("program %s\nrefused\n", wanted[i]);
	}
}

int main(int count, char **arguments)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, handler, .prog_prepare_load_fn = dump);
	const char *btf = count > 3 ? arguments[3] : NULL;
	struct bpf_program *program;
	struct bpf_object *object;
	int loads;

	if (count < 3)
		return 1;
	loads = !strcmp(arguments[1], "load");
	libbpf_set_print(warnings_only);
	// libbpf itself knows this section only without the name that gadgets add.
	libbpf_register_prog_handler("perf_event+", BPF_PROG_TYPE_PERF_EVENT, 0, loads ? NULL : &handler);
	object = open_object(arguments[2], btf);
	if (!object)
		return 2;
	if (loads) {
		load(arguments[2], btf, object);
	} else {
		bpf_object__for_each_program(program, object)
			// Twice the same section is refused, which does no harm.
			libbpf_register_prog_handler(bpf_program__section_name(program), bpf_program__type(program),
						     bpf_program__expected_attach_type(program), &handler);
		link_all(arguments[2], btf, object);
	}
	bpf_object__close(object);
	return 0;
}
