// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Scalars as YAML 1.1 had them, in which {@code yes}, {@code n} and {@code off} are no texts either. */
final class OldYamlSchema extends CoreSchema {
    private static final Set<String> TRUE = Set.of("y", "yes", "on", "true");
    private static final Set<String> FALSE = Set.of("n", "no", "off", "false");

    private static boolean isTruth(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean oneCase = word.equals(lower)
                || word.equals(word.toUpperCase(Locale.ROOT))
                || word.substring(1).equals(lower.substring(1));
        return oneCase && (TRUE.contains(lower) || FALSE.contains(lower));
    }

    @Override
    public ScalarResolver getScalarResolver() {
        ScalarResolver core = super.getScalarResolver();
        return (value, plain) -> plain && !value.isEmpty() && isTruth(value) ? Tag.BOOL : core.resolve(value, plain);
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        Map<Tag, ConstructNode> constructors = new HashMap<>(super.getSchemaTagConstructors());
        constructors.put(
                Tag.BOOL, node -> TRUE.contains(((ScalarNode) node).getValue().toLowerCase(Locale.ROOT)));
        return constructors;
    }
}
