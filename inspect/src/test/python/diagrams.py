#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the program-map diagrams of compiled eBPF objects, as the legacy (best-effort) analysis draws them.

    diagrams.py flowchart OBJECT...
    diagrams.py sequence OBJECT...

This is written from the description of the analysis alone and shares nothing with the implementation that it is
compared with: it reads ELF, BTF, relocations and instructions by itself. The analysis is wrong in known ways (it takes
stale registers for arguments, for instance); what it draws is copied here with its faults, byte for byte.

With several objects each diagram follows a line "# PATH". An object that the loader would refuse has no diagram: the
reason goes to stderr and the exit status is 1.
"""

import os
import struct
import sys
from collections import deque
from dataclasses import dataclass
from typing import Optional

# ELF
EM_NONE, EM_BPF = 0, 247
SHT_PROGBITS, SHT_SYMTAB, SHT_REL = 1, 2, 9
SHF_ALLOC, SHF_EXECINSTR = 0x2, 0x4
SHN_UNDEF = 0
STB_LOCAL = 0
STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_SECTION = 0, 1, 2, 3

# BPF instructions
SLOT = 8
LOAD_64_BIT_IMMEDIATE = 0x18
CALL = 0x85
CALLS_HELPER, CALLS_FUNCTION = 0, 1  # source register of a call

# Helpers that count, and the argument register that holds the map. Every other helper is ignored, also those that take
# maps (ring buffers, tail calls, stack maps, storage, timers).
COUNTED_HELPERS = {
    1: ("Lookup", 1),
    2: ("Update", 1),
    3: ("Delete", 1),
    25: ("EventOutput", 2),
    87: ("Push", 1),
    88: ("Pop", 1),
    89: ("Peek", 1),
    195: ("LookupPercpu", 1),
}

# The labels that share one arrow of the flowchart, in the order in which they are joined.
MERGED_LABELS = ("Lookup", "Update", "Delete")

# The two data sections that are never drawn as maps. Others, such as .data or .rodata.str1.1, are.
HIDDEN_MAPS = (".rodata", ".bss")

MAP_DEFINITION_MEMBERS = {
    "type", "key", "key_size", "value", "value_size", "values", "max_entries", "map_flags", "map_extra", "pinning",
}


class Rejected(Exception):
    """The loader refuses the object, so that there is nothing to draw."""


@dataclass
class Section:
    index: int
    name: str
    type: int
    flags: int
    size: int
    link: int
    info: int
    data: bytes

    def holds_code(self):
        return self.type == SHT_PROGBITS and bool(self.flags & SHF_EXECINSTR) and self.size > 0

    def holds_maps(self):
        """Maps described by BTF, or by definitions of the older form."""
        return self.name == ".maps" or (self.name.startswith("maps") and not self.holds_code())

    def holds_struct_ops(self):
        return self.name == ".struct_ops.link"

    def holds_data(self):
        return self.name == ".bss" or self.name.startswith((".data", ".rodata"))


@dataclass
class Symbol:
    name: str
    type: int
    binding: int
    section: int
    value: int
    size: int

    def names_function(self):
        # A local symbol without type is a label inside a function.
        return self.name != "" and (
            self.type == STT_FUNC or (self.type == STT_NOTYPE and self.binding != STB_LOCAL))

    def names_variable(self):
        return self.name != "" and self.type in (STT_OBJECT, STT_NOTYPE)


@dataclass
class Instruction:
    offset: int  # in bytes, from the start of the section
    opcode: int
    destination: int
    source: int
    immediate: int
    reference: Optional[str] = None  # the name that a relocation (or a call by distance) attaches to it
    refers_to_function: bool = False

    def calls_helper(self):
        return self.opcode == CALL and self.source == CALLS_HELPER and self.destination == 0

    def calls_function(self):
        return self.opcode == CALL and self.source == CALLS_FUNCTION


@dataclass
class Function:
    name: str
    section: Section
    instructions: list


# ---------------------------------------------------------------------------------------------------------------------
# ELF
# ---------------------------------------------------------------------------------------------------------------------

def text_at(table, offset):
    """The zero-terminated name at an offset. Names are kept as Latin-1: one character a byte, so that sorting and
    printing work on bytes."""
    return table[offset:table.index(b"\0", offset)].decode("latin-1")


class Elf:
    """Sections, symbols and relocations of a 64-bit object of either byte order."""

    def __init__(self, content):
        if content[:4] != b"\x7fELF" or content[4] != 2 or content[5] not in (1, 2):
            raise Rejected("not a 64-bit ELF object")
        self.order = "<" if content[5] == 1 else ">"
        (_, self.machine, _, _, _, headers, _, _, _, _, _, count, names) = struct.unpack_from(
            self.order + "HHIQQQIHHHHHH", content, 16)
        if self.machine not in (EM_NONE, EM_BPF):
            raise Rejected(f"unexpected machine type for BPF ELF: {self.machine}")
        self.sections = self._read_sections(content, headers, count, names)
        self.symbols = self._read_symbols()
        self.relocations = self._read_relocations()

    def _read_sections(self, content, headers, count, names):
        rows = [struct.unpack_from(self.order + "IIQQQQIIQQ", content, headers + 64 * i) for i in range(count)]
        names_start, names_size = rows[names][4:6]
        name_table = content[names_start:names_start + names_size]
        sections = []
        for index, (name, kind, flags, _, start, size, link, info, _, _) in enumerate(rows):
            data = content[start:start + size]  # meaningless for .bss, and not used there
            sections.append(Section(index, text_at(name_table, name), kind, flags, size, link, info, data))
        return sections

    def _read_symbols(self):
        symbols = []
        for table in self.sections:
            if table.type != SHT_SYMTAB:
                continue
            names = self.sections[table.link].data
            for name, info, _, section, value, size in struct.iter_unpack(self.order + "IBBHQQ", table.data):
                symbols.append(Symbol(text_at(names, name), info & 0xF, info >> 4, section, value, size))
        return symbols

    def _read_relocations(self):
        """By section index: the symbol each relocated offset refers to."""
        relocations = {}
        for table in self.sections:
            if table.type != SHT_REL:
                continue
            of_section = relocations.setdefault(table.info, {})
            for offset, info in struct.iter_unpack(self.order + "QQ", table.data):
                of_section[offset] = self.symbols[info >> 32]
        return relocations

    def section_of(self, symbol):
        """The section a symbol is defined in; None for undefined, absolute and common symbols."""
        if symbol.section == SHN_UNDEF or symbol.section >= len(self.sections):
            return None
        return self.sections[symbol.section]

    def section_named(self, name):
        return next((section for section in self.sections if section.name == name), None)


# ---------------------------------------------------------------------------------------------------------------------
# BTF, needed only to tell the kinds of undefined symbols apart and to refuse what the loader refuses
# ---------------------------------------------------------------------------------------------------------------------

INT, ARRAY, STRUCT, UNION, ENUM, TYPEDEF, VOLATILE, CONST, RESTRICT = 1, 3, 4, 5, 6, 8, 9, 10, 11
FUNC_PROTO, VAR, DATASEC, DECL_TAG, TYPE_TAG, ENUM64 = 13, 14, 15, 17, 18, 19
VOID = 0  # id of the type that is not written down

FIXED_TAIL = {INT: 4, ARRAY: 12, VAR: 4, DECL_TAG: 4}
TAIL_PER_MEMBER = {STRUCT: 12, UNION: 12, ENUM: 8, FUNC_PROTO: 8, DATASEC: 12, ENUM64: 12}


@dataclass
class BtfType:
    kind: int
    name: str
    refers_to: int  # id of a type, or a size, depending on the kind
    members: list  # of structs and unions: names; of data sections: ids of variables and functions


class Btf:
    def __init__(self, order, data):
        header, types_start, types_size, names_start, names_size = struct.unpack_from(order + "4xIIIII", data)
        names = data[header + names_start:header + names_start + names_size]
        types = data[header + types_start:header + types_start + types_size]
        self.types = [BtfType(0, "", VOID, [])]
        position = 0
        while position < len(types):
            name, info, refers_to = struct.unpack_from(order + "III", types, position)
            position += 12
            kind, count = (info >> 24) & 0x1F, info & 0xFFFF
            tail = FIXED_TAIL.get(kind, 0) + TAIL_PER_MEMBER.get(kind, 0) * count
            members = []
            if kind in (STRUCT, UNION, DATASEC):
                first_words = [row[0] for row in struct.iter_unpack(order + "III", types[position:position + tail])]
                members = first_words if kind == DATASEC else [text_at(names, word) for word in first_words]
            self.types.append(BtfType(kind, text_at(names, name), refers_to, members))
            position += tail

    def data_section(self, name):
        """The variables and functions of a data section, [] if there is no such section."""
        for candidate in self.types:
            if candidate.kind == DATASEC and candidate.name == name:
                return [self.types[member] for member in candidate.members]
        return []

    def without_qualifiers(self, type_id):
        while self.types[type_id].kind in (TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG):
            type_id = self.types[type_id].refers_to
        return self.types[type_id]


# ---------------------------------------------------------------------------------------------------------------------
# The object: its functions, maps and the names its instructions refer to
# ---------------------------------------------------------------------------------------------------------------------

class BpfObject:
    def __init__(self, content):
        self.elf = Elf(content)
        btf = self.elf.section_named(".BTF")
        self.btf = Btf(self.elf.order, btf.data) if btf else None
        self._refuse_unsupported_sections()
        self._refuse_unsupported_types()
        self.kconfig_names = {variable.name for variable in self._btf_section(".kconfig")}
        self.functions_by_place = {}
        self.functions = {}
        self._read_functions()
        for function in self.functions.values():
            for instruction in function.instructions:
                self._attach_reference(function.section, instruction)

    def _btf_section(self, name):
        return self.btf.data_section(name) if self.btf else []

    def _refuse_unsupported_sections(self):
        if self.elf.section_named(".struct_ops"):
            raise Rejected('section ".struct_ops": got \'.struct_ops\' section: not supported')

    def _refuse_unsupported_types(self):
        for variable in self._btf_section(".maps"):
            for member in self.btf.without_qualifiers(variable.refers_to).members:
                if member not in MAP_DEFINITION_MEMBERS:
                    raise Rejected(f"load BTF maps: map {variable.name}: "
                                   f"unrecognized field {member} in BTF map definition")
        for symbol in self._btf_section(".ksyms"):
            # Kfuncs are here too; a variable must be plain void, "const void" is refused like any other type.
            if symbol.kind == VAR and symbol.refers_to != VOID:
                raise Rejected(f"load virtual .ksyms section: data section .ksyms: "
                               f"expected {symbol.name} to be *Void, not *btf.Var: not supported")

    def _read_functions(self):
        for symbol in self.elf.symbols:
            section = self.elf.section_of(symbol)
            if section is None or not section.holds_code() or not symbol.names_function():
                continue
            if symbol.size == 0:
                raise Rejected(f"load programs: section {section.name}: "
                               f"no instructions found for symbol {symbol.name} in section {section.name}")
            if symbol.name in self.functions:
                raise Rejected(f"duplicate symbol {symbol.name}")
            # The size of the symbol, not the next function, ends a function: gaps belong to none.
            code = section.data[symbol.value:symbol.value + symbol.size]
            function = Function(symbol.name, section, list(decode(self.elf.order, code, symbol.value)))
            self.functions[symbol.name] = function
            self.functions_by_place[section.index, symbol.value] = symbol.name

    def _attach_reference(self, section, instruction):
        if instruction.opcode not in (CALL, LOAD_64_BIT_IMMEDIATE):
            return
        symbol = self.elf.relocations.get(section.index, {}).get(instruction.offset)
        if symbol is None:
            if instruction.calls_function():
                self._refer_to_function_at(instruction, section, distance_target(instruction))
        elif symbol.section == SHN_UNDEF:
            # Kfuncs, kernel symbols and forward declarations go by their name, kernel settings have none.
            if symbol.name not in self.kconfig_names:
                instruction.reference = symbol.name
        else:
            target = self.elf.section_of(symbol)
            if target is not None:
                self._refer_to_definition(instruction, symbol, target)

    def _refer_to_definition(self, instruction, symbol, target):
        if target.holds_code():
            if instruction.opcode == LOAD_64_BIT_IMMEDIATE:
                # Only the immediate counts, whatever the symbol. That finds static callbacks. A pointer to a global
                # one has its place in the symbol and immediate 0: it is taken for the first function of the section.
                self._refer_to_function_at(instruction, target, instruction.immediate)
            elif symbol.type == STT_SECTION:
                self._refer_to_function_at(instruction, target, (instruction.immediate + 1) * SLOT)
            else:
                instruction.reference = symbol.name
                instruction.refers_to_function = True
        elif instruction.opcode == LOAD_64_BIT_IMMEDIATE:
            if target.holds_maps():
                if symbol.type == STT_SECTION or symbol.binding == STB_LOCAL:
                    name = "" if symbol.type == STT_SECTION else symbol.name
                    raise Rejected("possible erroneous static qualifier on map definition: "
                                   f'found reference to "{name}"')
                instruction.reference = symbol.name
            elif target.holds_data():
                # Variables are parts of the map that their section becomes.
                instruction.reference = target.name

    def _refer_to_function_at(self, instruction, section, offset):
        instruction.reference = self.functions_by_place.get((section.index, offset))
        instruction.refers_to_function = instruction.reference is not None

    def programs(self):
        """Functions outside .text, sorted by name. Those in .text are sub-programs."""
        return [function for name, function in sorted(self.functions.items()) if function.section.name != ".text"]

    def maps(self):
        """Names of all maps, sorted."""
        names = set()
        for symbol in self.elf.symbols:
            section = self.elf.section_of(symbol)
            if section is None:
                continue
            if (section.holds_maps() or section.holds_struct_ops()) and symbol.names_variable():
                names.add(symbol.name)
            elif section.holds_data() and symbol.type != STT_SECTION:
                names.add(section.name)
        names.update(self._data_sections_with_relocations_to_them())
        return sorted(names)

    def _data_sections_with_relocations_to_them(self):
        """Sections such as .rodata.str1.1 hold no symbol and become maps only because something points there. BTF
        points at everything and does not count."""
        for index, relocations in self.elf.relocations.items():
            if not self.elf.sections[index].flags & SHF_ALLOC:
                continue
            for symbol in relocations.values():
                target = self.elf.section_of(symbol)
                if target is not None and target.holds_data():
                    yield target.name

    def flattened(self, program):
        """The instructions of a program, followed by those of every sub-program that it reaches: breadth-first, the
        callees of one function in the order of their names, each once."""
        instructions = list(program.instructions)
        appended = {program.name}
        pending = deque(callees(program))
        while pending:
            name = pending.popleft()
            if name in appended or name not in self.functions:
                continue
            appended.add(name)
            instructions += self.functions[name].instructions
            pending += callees(self.functions[name])
        return instructions


def decode(order, code, start):
    """The instructions of one function. A 64-bit load takes two slots and is one instruction."""
    position = 0
    while position + SLOT <= len(code):
        opcode, registers, _, immediate = struct.unpack_from(order + "BBhi", code, position)
        # The two registers are bit fields, so that the byte order swaps them.
        low, high = registers & 0xF, registers >> 4
        destination, source = (low, high) if order == "<" else (high, low)
        length = SLOT
        if opcode == LOAD_64_BIT_IMMEDIATE and position + 2 * SLOT <= len(code):
            (upper,) = struct.unpack_from(order + "i", code, position + SLOT + 4)
            immediate = (upper << 32) | (immediate & 0xFFFFFFFF)
            length = 2 * SLOT
        yield Instruction(start + position, opcode, destination, source, immediate)
        position += length


def distance_target(call):
    """Where a call without relocation goes: its immediate counts slots from the next instruction."""
    return call.offset + SLOT + call.immediate * SLOT


def callees(function):
    """Only calls and function pointers lead to sub-programs. Names without a function are skipped by the caller."""
    return sorted({instruction.reference for instruction in function.instructions if instruction.refers_to_function})


# ---------------------------------------------------------------------------------------------------------------------
# The analysis and its two texts
# ---------------------------------------------------------------------------------------------------------------------

def references(instructions):
    """The distinct pairs (map, label) in order of first occurrence.

    The map of a helper call is whatever name was loaded last into the argument register, anywhere before in the list:
    nothing copies or clears it, not moves, not calls, not branches, not the end of a function.
    """
    last = {}
    pairs = []
    for instruction in instructions:
        if instruction.calls_helper() and instruction.immediate in COUNTED_HELPERS:
            label, register = COUNTED_HELPERS[instruction.immediate]
            pair = (last.get(register), label)
            if pair[0] and pair not in pairs:
                pairs.append(pair)
        if instruction.reference:
            last[instruction.destination] = instruction.reference
    return pairs


def merged(pairs):
    """The arrows of the flowchart. Lookup, Update and Delete of one map share an arrow as soon as there are two of
    them. It stands where the first pair of that map stands, and takes the label of that pair even if it is a label that
    is never joined, such as Push."""
    active = set(pairs)
    for pair in pairs:
        if pair not in active:
            continue
        name, label = pair
        together = [verb for verb in MERGED_LABELS if (name, verb) in active]
        if len(together) >= 2:
            active -= {(name, verb) for verb in together}
            label = "+".join(together)
        yield name, label


def flowchart(bpf_object):
    yield "flowchart LR"
    for name in bpf_object.maps():
        if name not in HIDDEN_MAPS:
            yield f'{name}[("{name}")]'
    for program in bpf_object.programs():
        for name, label in merged(references(bpf_object.flattened(program))):
            yield f'{program.name} -- "{label}" --> {name}'
        yield f'{program.name}["{program.name}"]'


def sequence(bpf_object):
    pairs = {program.name: references(bpf_object.flattened(program)) for program in bpf_object.programs()}
    yield "sequenceDiagram"
    yield "box eBPF Programs"
    for program in pairs:
        yield f"participant {program}"
    yield "end"
    yield "box eBPF Maps"
    # Whatever name was found takes part, also of a function or kernel symbol. The hidden ones keep their arrows below.
    for name in dict.fromkeys(name for of_program in pairs.values() for name, _ in of_program):
        if name not in HIDDEN_MAPS:
            yield f"participant {name}"
    yield "end"
    for program, of_program in pairs.items():
        for name, label in of_program:
            yield f"{program}->>{name}: {label}"


DIAGRAMS = {"flowchart": flowchart, "sequence": sequence}


def diagram(kind, content):
    """The text of one diagram, as bytes."""
    lines = DIAGRAMS[kind](BpfObject(content))
    return "".join(line + "\n" for line in lines).encode("latin-1")


def main(arguments):
    if len(arguments) < 2 or arguments[0] not in DIAGRAMS:
        print("usage: diagrams.py flowchart|sequence OBJECT...", file=sys.stderr)
        return 2
    kind, paths = arguments[0], arguments[1:]
    status = 0
    for path in paths:
        if len(paths) > 1:
            sys.stdout.buffer.write(b"# " + os.fsencode(path) + b"\n")
        try:
            with open(path, "rb") as file:
                text = diagram(kind, file.read())
        except (Rejected, OSError) as problem:
            sys.stdout.flush()
            print(f"{path}: {problem}", file=sys.stderr)
            status = 1
            continue
        sys.stdout.buffer.write(text)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
