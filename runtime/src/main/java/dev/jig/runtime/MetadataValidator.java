// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.Linkage;
import dev.jig.gadget.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Compares a gadget's metadata with its programs: every param of the metadata must be a variable that can be set. */
final class MetadataValidator {
    private final Btf btf;

    MetadataValidator(Btf btf) {
        this.btf = btf;
    }

    /** What is wrong, a sentence each; nothing when all is well. */
    List<String> problems(Configuration metadata) {
        List<String> problems = new ArrayList<>();
        Configuration params = metadata.below("params.ebpf");
        for (String variable : params.keys()) {
            problemOf(variable).ifPresent(problems::add);
            if (params.text(variable + ".key").orElse("").isEmpty()) {
                problems.add("param \"" + variable + "\" has an empty key");
            }
        }
        return problems;
    }

    /** What keeps a variable from being set. */
    Optional<String> problemOf(String name) {
        OptionalInt variable = find(name);
        if (variable.isEmpty()) {
            return Optional.of("variable \"" + name + "\" not found in eBPF object: not found");
        }
        if (btf.linkage(variable.getAsInt()) != Linkage.GLOBAL) {
            return Optional.of("\"" + name + "\" is not a global variable");
        }
        int type = btf.target(variable.getAsInt());
        if (btf.kind(type) == BtfKind.ARRAY) {
            type = btf.arrayElementType(type);
        }
        if (btf.kind(type) != BtfKind.CONST) {
            return Optional.of("\"" + name + "\" is not const");
        }
        return btf.kind(btf.target(type)) == BtfKind.VOLATILE
                ? Optional.empty()
                : Optional.of("\"" + name + "\" is not volatile");
    }

    /** Metadata keys have lost their case: a name that differs only in case is the same. */
    private OptionalInt find(String name) {
        OptionalInt exact = btf.find(name, BtfKind.VARIABLE);
        if (exact.isPresent()) {
            return exact;
        }
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.VARIABLE && btf.name(id).equalsIgnoreCase(name)) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }
}
