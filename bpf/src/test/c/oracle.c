// SPDX-License-Identifier: Apache-2.0
// Says what libbpf makes of each program of an object. Usage: oracle link|load OBJECT [BTF].
// link: the instructions that it would give to the kernel, one a line: slot, opcode, registers, offset, immediate, and a map's name in place of its descriptor.
// load: ids and names of the maps, then what the kernel made of the program, in bpftool's words.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bpf_object *current;
static int dumped;

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

static int dump(struct bpf_program *program, struct bpf_prog_load_opts *options, long cookie)
{
	const struct bpf_insn *instruction = bpf_program__insns(program);
	size_t count = bpf_program__insn_cnt(program);

	printf("program %s\n", bpf_program__name(program));
	for (size_t i = 0; i < count; i++, instruction++) {
		/* A missing weak kernel function: libbpf up to 1.1 calls number 0, later ones an impossible helper. Dead code both. */
		int missing = instruction->code == 0x85 && !instruction->src_reg && instruction->imm >= 2002000000;
		int map = instruction->code == 0x18 && (instruction->src_reg == 1 || instruction->src_reg == 2);

		printf("%zu: %02x %x %x %d %d", i, instruction->code, instruction->dst_reg, missing ? 2 : instruction->src_reg,
		       instruction->off, map || missing ? 0 : instruction->imm);
		if (map)
			printf(" %s", map_name(instruction->imm));
		printf("\n");
	}
	dumped = 1;
	return -ECANCELED; // enough is known: what the verifier thinks of it does not matter here
}

static struct bpf_object *open_object(const char *path, const char *btf)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = btf, .object_name = "o");

	return bpf_object__open_file(path, &options);
}

/* What the loaded program consists of. */
static void print_loaded(const struct bpf_program *program)
{
	char command[128];
	struct bpf_prog_info info = {};
	struct bpf_map_info map_info = {};
	struct bpf_map *map;
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
		return;
	bpf_object__for_each_map(map, current) {
		size = sizeof(map_info);
		if (!bpf_obj_get_info_by_fd(bpf_map__fd(map), &map_info, &size))
			printf("map %u %s\n", map_info.id, map_name(bpf_map__fd(map)));
	}
	fflush(stdout);
	snprintf(command, sizeof(command), "bpftool prog dump xlated id %u opcodes", info.id);
	if (system(command))
		printf("bpftool failed\n");
}

static int describe_program(const char *path, const char *btf, const char *wanted, int load)
{
	struct bpf_program *program, *found = NULL;
	struct bpf_map *map;
	int result;

	current = open_object(path, btf);
	if (!current)
		return -1;
	bpf_object__for_each_program(program, current) {
		int chosen = !strcmp(bpf_program__name(program), wanted);

		bpf_program__set_autoload(program, chosen);
		if (chosen)
			found = program;
	}
	// Gadgets may leave the size of a map to whoever loads them. What is pinned would stay.
	bpf_object__for_each_map(map, current) {
		bpf_map__set_pin_path(map, NULL);
		if (bpf_map__type(map) == BPF_MAP_TYPE_HASH && !bpf_map__max_entries(map))
			bpf_map__set_max_entries(map, 1024);
	}
	dumped = 0;
	if (load)
		printf("program %s\n", wanted);
	result = bpf_object__load(current);
	if (load && result)
		printf("refused\n");
	else if (load)
		print_loaded(found);
	else if (!dumped)
		printf("program %s\nrefused\n", wanted);
	fflush(stdout);
	bpf_object__close(current);
	return 0;
}

int main(int count, char **arguments)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, handler, .prog_prepare_load_fn = dump);
	const char *btf = count > 3 ? arguments[3] : NULL;
	struct bpf_program *program;
	struct bpf_object *object;
	int load;

	if (count < 3)
		return 1;
	load = !strcmp(arguments[1], "load");
	libbpf_set_print(warnings_only);
	// libbpf itself knows this section only without the name that gadgets add.
	libbpf_register_prog_handler("perf_event+", BPF_PROG_TYPE_PERF_EVENT, 0, load ? NULL : &handler);
	object = open_object(arguments[2], btf);
	if (!object)
		return 2;
	if (!load)
		bpf_object__for_each_program(program, object)
			// Twice the same section is refused, which does no harm.
			libbpf_register_prog_handler(bpf_program__section_name(program), bpf_program__type(program),
						     bpf_program__expected_attach_type(program), &handler);
	bpf_object__for_each_program(program, object)
		if (describe_program(arguments[2], btf, bpf_program__name(program), load))
			return 3;
	bpf_object__close(object);
	return 0;
}
