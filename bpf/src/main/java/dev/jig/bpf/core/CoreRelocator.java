// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.Names;
import dev.jig.bpf.insn.Bytecode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Relocates the instructions of one object against targets. Among several candidates for a local type, those that lack what one relocation needs drop out
 * for the following ones; those that remain must agree on each value, or the relocation is ambiguous and fails. Not for concurrent use.
 */
public final class CoreRelocator {
    private final Btf local;
    private final CoreTargets targets;
    private final Budget budget = new Budget();
    private final Map<Integer, List<Candidate>> candidates = new HashMap<>();

    /** Relocates instructions whose types are in {@code local}. */
    public CoreRelocator(Btf local, CoreTargets targets) {
        this.local = requireNonNull(local, "local");
        this.targets = requireNonNull(targets, "targets");
    }

    /**
     * Changes one instruction of {@code code}.
     *
     * @param type id of the local root type
     * @param access string such as {@code 0:1:2}
     * @return why the instruction was poisoned, if it was
     */
    public Optional<BpfPoison> relocate(Bytecode code, int slot, RelocationKind kind, int type, String access) {
        AccessPath path = AccessParser.parse(local, type, kind, access);
        if (kind == RelocationKind.TYPE_ID_LOCAL) {
            InstructionPatcher.patch(code, slot, RelocationValue.ofLocalType(path));
            return Optional.empty();
        }
        RelocationValue value = resolve(path, kind);
        if (value.poison()) {
            InstructionPatcher.poison(code, slot);
            return Optional.of(new BpfPoison(slot, kind, path.text(), absence(path, kind)));
        }
        if (!InstructionPatcher.patch(code, slot, value)) {
            String cause = "its size is " + value.size() + " bytes here and " + value.originalSize()
                    + " in the program, and only pointers and unsigned integers can be read by another width";
            return Optional.of(new BpfPoison(slot, kind, path.text(), cause));
        }
        return Optional.empty();
    }

    private String absence(AccessPath path, RelocationKind kind) {
        String type = Names.essential(local.text(path.rootType));
        if (candidatesFor(path.rootType).isEmpty()) {
            return "this kernel has no " + type;
        }
        return "this kernel's " + type + " has no such " + (kind.isEnumValue() ? "enumerator" : "field");
    }

    private RelocationValue resolve(AccessPath path, RelocationKind kind) {
        List<Candidate> possible = candidatesFor(path.rootType);
        List<Candidate> fitting = new ArrayList<>(possible.size());
        AccessMatcher matcher = new AccessMatcher(path, budget);
        Optional<AccessPath> first = Optional.empty();
        RelocationValue chosen = null;
        for (Candidate candidate : possible) {
            Optional<AccessPath> match = matcher.match(kind, candidate);
            if (match.isEmpty()) {
                continue;
            }
            RelocationValue value = RelocationValue.of(kind, path, match);
            if (chosen == null) {
                chosen = value;
                first = match;
            } else {
                checkUnambiguous(path, kind, first.orElseThrow(), chosen, match.get(), value);
            }
            fitting.add(candidate);
        }
        if (chosen == null) {
            return RelocationValue.of(kind, path, Optional.empty());
        }
        candidates.put(path.rootType, fitting);
        return chosen;
    }

    private static void checkUnambiguous(
            AccessPath path,
            RelocationKind kind,
            AccessPath one,
            RelocationValue oneValue,
            AccessPath other,
            RelocationValue otherValue) {
        if (one.bitOffset != other.bitOffset || !oneValue.agreesWith(otherValue)) {
            throw new CoreException(
                    kind.words() + " " + path.text() + " is ambiguous: " + one.btf.describe(one.rootType)
                            + " says " + oneValue.value() + ", " + other.btf.describe(other.rootType) + " says "
                            + otherValue.value());
        }
    }

    private List<Candidate> candidatesFor(int type) {
        List<Candidate> known = candidates.get(type);
        if (known == null) {
            String name = local.name(type);
            if (name.isEmpty()) {
                throw new CoreException(local.describe(type) + " has no name to look for");
            }
            known = targets.candidates(Names.essential(name), local.kind(type));
            candidates.put(type, known);
        }
        return known;
    }
}
