// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.gadget.Param;
import dev.jig.runtime.Gadget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fields and params that gadgets have to have ({@code catalogue.txt}): a {@code field} with its type, whether tables leave
 * it out, and its data source; a {@code part} likewise, which is not printed under its own name, a {@code param} with its default.
 */
final class Catalogue {
    private static final List<String> FIELDS = List.of("field", "part");

    private Catalogue() {}

    private static List<String[]> lines(String gadget, List<String> kinds) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Catalogue.class.getResourceAsStream("/catalogue.txt"), "catalogue.txt")) {
            List<String[]> found = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals(gadget) && kinds.contains(words[1])) {
                    found.add(words);
                }
            }
            return found;
        }
    }

    /** The gadgets in the order of their names. */
    static List<String> gadgets() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Catalogue.class.getResourceAsStream("/catalogue.txt"), "catalogue.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .distinct()
                    .toList();
        }
    }

    /** An event has all fields, and each is a number or a text as it should. */
    static void checkFields(String gadget, JsonNode event) throws IOException {
        List<String[]> fields = lines(gadget, List.of("field"));
        assertThat(fields).isNotEmpty();
        for (String[] expected : fields) {
            JsonNode value = Events.field(event, expected[2]);
            boolean number = expected[3].contains("int") || expected[3].startsWith("float");
            boolean truth = expected[3].equals("bool");
            assertThat(number ? value.isNumber() : truth ? value.isBoolean() : value.isTextual())
                    .as("%s: %s", gadget, expected[2])
                    .isTrue();
        }
    }

    /** The help names all params. */
    static void checkParams(Product product, String gadget) throws IOException {
        String help = product.run("run", gadget, "--help").out();
        for (String[] expected : lines(gadget, List.of("param"))) {
            assertThat(help).as(gadget).contains("--" + expected[2]);
        }
    }

    /** Fields by their names, with {@code hidden}, {@code shown} or {@code missing}, as they should be. */
    static Map<String, String> fields(String gadget) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String[] expected : lines(gadget, FIELDS)) {
            fields.put(expected[2], expected[4]);
        }
        return fields;
    }

    /** The same as they are. */
    static Map<String, String> fields(String gadget, Gadget opened) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String[] expected : lines(gadget, FIELDS)) {
            fields.put(
                    expected[2],
                    opened.dataSource(expected[5]).fields().stream()
                            .filter(field -> field.fullName().equals(expected[2]))
                            .findFirst()
                            .map(field -> field.isHidden() ? "hidden" : "shown")
                            .orElse("missing"));
        }
        return fields;
    }

    /** Params with their defaults as they should be. */
    static Map<String, String> params(String gadget) throws IOException {
        Map<String, String> params = new LinkedHashMap<>();
        for (String[] expected : lines(gadget, List.of("param"))) {
            params.put(expected[2], expected[3]);
        }
        return params;
    }

    /** The same as they are. */
    static Map<String, String> params(String gadget, Gadget opened) throws IOException {
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : params(gadget).keySet()) {
            params.put(
                    name,
                    opened.params().stream()
                            .filter(param -> param.key().equals(name))
                            .findFirst()
                            .map(Param::defaultValue)
                            .orElse("missing"));
        }
        return params;
    }
}
