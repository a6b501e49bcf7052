// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.constructor.ConstructYamlNull;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** YAML in which each scalar is the text that was written, for readers that expect texts only; nothing stays nothing. */
final class AsWrittenSchema extends FailsafeSchema {
    private static final List<String> NOTHING = List.of("", "~", "null", "Null", "NULL");

    @Override
    public ScalarResolver getScalarResolver() {
        return (value, plain) -> plain && NOTHING.contains(value) ? Tag.NULL : Tag.STR;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        Map<Tag, ConstructNode> constructors = new HashMap<>(super.getSchemaTagConstructors());
        constructors.put(Tag.NULL, new ConstructYamlNull());
        return constructors;
    }
}
