// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;
import java.util.Map;

/**
 * What a gadget's metadata says about the fields of one data source. Implementations look full names up without regard to
 * case and give annotation keys in lower case, as the metadata reader does.
 */
public interface FieldConfiguration {
    /** Nothing is configured. */
    FieldConfiguration NONE = new FieldConfiguration() {
        @Override
        public List<String> tags(String fullName) {
            return List.of();
        }

        @Override
        public Map<String, String> annotations(String fullName) {
            return Map.of();
        }
    };

    /** Tags to append to the field with this full name. */
    List<String> tags(String fullName);

    /** Annotations that override those of the field with this full name. */
    Map<String, String> annotations(String fullName);
}
