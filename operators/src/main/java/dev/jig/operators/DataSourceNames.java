// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Suggestion;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names of data sources as users write them in values of params. */
public final class DataSourceNames {
    private DataSourceNames() {}

    /**
     * Makes sure that all names are those of data sources.
     *
     * @throws GadgetException naming one that is not, and the nearest that is
     */
    public static void require(Collection<String> names, GadgetContext context) {
        List<String> known = new ArrayList<>();
        context.dataSources().forEach(source -> known.add(source.name()));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new GadgetException("data source \"" + name + "\" not found"
                        + Suggestion.nearest(name, known)
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse(""));
            }
        }
    }

    /** Whether there is a data source of arrays. */
    public static boolean hasArrays(GadgetContext context) {
        for (DataSource source : context.dataSources()) {
            if (source.type() == DataSourceType.ARRAY) {
                return true;
            }
        }
        return false;
    }
}
