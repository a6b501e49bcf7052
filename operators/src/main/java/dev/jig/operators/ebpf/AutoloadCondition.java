// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.Variable;
import dev.jig.bpf.object.VariableValues;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Programs that are of use only with certain values of params: {@code programs.NAME.autoload} of the metadata names truth variables, with {@code |} between
 * and {@code !} in front of those that must be false. One that holds is enough. A program whose condition does not hold is not loaded.
 */
public final class AutoloadCondition {
    private AutoloadCondition() {}

    /**
     * The programs of an object that are not loaded.
     *
     * @param values with those of params written
     * @throws GadgetException when a condition names what is not a truth variable
     */
    public static Set<String> unwanted(ObjectFile object, VariableValues values, Configuration metadata) {
        Set<String> unwanted = new HashSet<>();
        if (!metadata.has("programs")) {
            return unwanted;
        }
        for (ProgramSpec program : object.programs()) {
            Optional<String> condition = metadata.text("programs." + program.name() + ".autoload");
            if (condition.isPresent() && !holds(program.name(), condition.get(), object, values)) {
                unwanted.add(program.name());
            }
        }
        return unwanted;
    }

    private static boolean holds(String program, String condition, ObjectFile object, VariableValues values) {
        StringTokenizer terms = new StringTokenizer(condition, "| ");
        boolean holds = false;
        while (terms.hasMoreTokens()) {
            String term = terms.nextToken();
            boolean negated = term.startsWith("!");
            String name = negated ? term.substring(1) : term;
            Optional<Variable> variable = object.variable(name);
            if (variable.isEmpty()
                    || !object.btf()
                            .isBooleanInteger(
                                    object.btf().resolve(variable.get().type()))) {
                throw new GadgetException(
                        "programs." + program + ".autoload: \"" + name + "\" is not a truth variable of the object");
            }
            holds |= values.get(name)[0] != 0 ^ negated;
        }
        return holds;
    }
}
