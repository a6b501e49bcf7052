// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The fields and params that gadgets have to have ({@code catalogue.txt}). */
final class Catalogue {
    private Catalogue() {}

    private static List<String[]> lines(String gadget, String kind) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Catalogue.class.getResourceAsStream("/catalogue.txt"), "catalogue.txt")) {
            List<String[]> found = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(gadget + " " + kind + " "))
                    .map(line -> line.split(" ", -1))
                    .toList();
            assertThat(found).as("%s of %s", kind, gadget).isNotEmpty();
            return found;
        }
    }

    /** An event has all fields, and each is a number or a text as it should. */
    static void checkFields(String gadget, JsonNode event) throws IOException {
        for (String[] expected : lines(gadget, "field")) {
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
        for (String[] expected : lines(gadget, "param")) {
            assertThat(help).as(gadget).contains("--" + expected[2]);
        }
    }
}
