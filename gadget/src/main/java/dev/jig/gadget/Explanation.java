// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One section of what a run of a gadget means for this machine: a table.
 *
 * @param name in small letters
 * @param columns in the order of people's tables
 * @param rows values by column: texts, whole numbers, or lists of texts; what is not known is not there
 */
public record Explanation(String name, List<String> columns, List<Map<String, Object>> rows) {
    public Explanation {
        columns = List.copyOf(columns);
        List<Map<String, Object>> copies = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            for (String column : row.keySet()) {
                if (!columns.contains(column)) {
                    throw new IllegalArgumentException("section \"" + name + "\" has no column \"" + column + "\"");
                }
            }
            copies.add(new LinkedHashMap<>(row));
        }
        rows = List.copyOf(copies);
    }
}
