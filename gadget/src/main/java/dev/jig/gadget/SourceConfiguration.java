// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import dev.jig.datasource.FieldConfiguration;
import java.util.List;
import java.util.Map;

/** What the metadata says about one data source. */
record SourceConfiguration(Configuration source) implements FieldConfiguration {
    List<String> tags() {
        return source.texts("tags");
    }

    Map<String, String> annotations() {
        return source.below("annotations").entries();
    }

    @Override
    public List<String> tags(String fullName) {
        return source.texts("fields." + fullName + ".tags");
    }

    @Override
    public Map<String, String> annotations(String fullName) {
        return source.below("fields." + fullName + ".annotations").entries();
    }
}
