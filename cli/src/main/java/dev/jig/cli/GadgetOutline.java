// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldSelection;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.OutputHelp;
import dev.jig.runtime.Gadget;
import dev.jig.runtime.Gadgets;
import dev.jig.runtime.Locations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a gadget adds to a command line.
 *
 * @param flags for its params
 * @param fields by data source
 * @param modes in which its data sources can be printed
 */
record GadgetOutline(List<Flag> flags, Map<String, List<Candidate>> fields, Set<String> modes) {
    /** Reads an image, which nobody needs to vouch for: it is not run. */
    static Optional<GadgetOutline> read(Locations locations, String image) {
        try (Gadget gadget =
                Gadgets.in(locations, Log.NONE).open(image, Map.of("operator.oci.verify-image", "false"))) {
            List<Flag> flags = new ArrayList<>();
            for (Param param : gadget.params()) {
                flags.add(Flag.of(param));
            }
            CliOperator.params().forEach(param -> flags.add(Flag.of(param)));
            Map<String, List<Candidate>> fields = new LinkedHashMap<>();
            Set<String> modes = new LinkedHashSet<>();
            for (DataSource source : gadget.dataSources()) {
                fields.put(source.name(), fields(source));
                modes.addAll(OutputHelp.modes(source));
            }
            return Optional.of(new GadgetOutline(flags, fields, modes));
        } catch (GadgetException none) {
            return Optional.empty();
        }
    }

    private static List<Candidate> fields(DataSource source) {
        List<Candidate> fields = new ArrayList<>();
        for (Field field : FieldSelection.availableFields(source)) {
            fields.add(new Candidate(
                    field.fullName(), field.annotation("description").orElse("")));
        }
        return fields;
    }
}
