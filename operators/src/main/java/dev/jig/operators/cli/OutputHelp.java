// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldSelection;
import dev.jig.gadget.Param;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The params of printing with what they mean for a gadget: its data sources, fields and modes. Made only for help texts. */
public final class OutputHelp {
    private OutputHelp() {}

    /** The params {@code fields} and {@code output}, with descriptions and defaults. */
    public static List<Param> params(Collection<DataSource> sources) {
        return List.of(
                CliOperator.fields(defaultFields(sources), fields(sources)),
                CliOperator.output(OutputModes.defaults(sources), modes(sources)));
    }

    /** The modes that a data source can be printed in, sorted. */
    public static List<String> modes(DataSource source) {
        return OutputModes.supported(source);
    }

    private static String fields(Collection<DataSource> sources) {
        StringBuilder out = new StringBuilder("Available data sources / fields\n");
        for (DataSource source : sources) {
            out.append("  \"").append(source.name()).append("\" (data source):\n");
            for (Field field : FieldSelection.availableFields(source)) {
                out.append("    ").append(field.fullName()).append('\n');
                field.annotation("description")
                        .ifPresent(text -> out.append("      ").append(text).append('\n'));
                field.annotation("value.one-of")
                        .ifPresent(text ->
                                out.append("      One of: ").append(text).append('\n'));
            }
        }
        return out.toString();
    }

    private static String defaultFields(Collection<DataSource> sources) {
        List<String> lists = new ArrayList<>();
        for (DataSource source : sources) {
            List<String> names = new ArrayList<>();
            FieldSelection.usualFields(source).forEach(field -> names.add(field.fullName()));
            String prefix = sources.size() == 1 ? "" : source.name() + ":";
            lists.add(prefix + String.join(",", names));
        }
        return String.join(";", lists);
    }

    private static String modes(Collection<DataSource> sources) {
        StringBuilder out = new StringBuilder(
                "Output mode of all data sources (\"mode1\") or of each (\"datasource:mode1,datasource2:mode2\")\n");
        out.append("  Supported data sources / output modes:\n");
        for (DataSource source : sources) {
            out.append("    \"").append(source.name()).append("\" (data source):\n");
            for (String mode : OutputModes.supported(source)) {
                out.append("      ").append(mode).append('\n');
            }
        }
        return out.toString();
    }
}
