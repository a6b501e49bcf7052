// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Layouts and outputs captured from the reference implementation. */
final class Example {
    private Example() {}

    static String text(String resource) {
        try (InputStream in = Example.class.getResourceAsStream("/examples/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String resource) {
        return text(resource).lines().toList();
    }

    /** The data source that a gadget of the catalogue publishes, with writable fields, not yet started. */
    static DataSource dataSource(String gadget) {
        List<String> lines = lines(gadget + ".layout.tsv");
        String[] head = lines.getFirst().split("\t", -1);
        List<WireField> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            fields.add(field(line.split("\t", -1)));
        }
        DataSourceType type = DataSourceType.ofWireNumber(Integer.parseInt(head[1]));
        return DataSource.received(head[0], type, ByteOrder.nativeOrder(), fields);
    }

    private static WireField field(String[] columns) {
        Map<String, String> annotations = new TreeMap<>();
        for (int i = 8; i < columns.length; i++) {
            String[] entry = columns[i].split("=", 2);
            annotations.put(entry[0], entry[1]);
        }
        return new WireField(
                columns[0],
                columns[0],
                Integer.parseInt(columns[2]),
                Integer.parseInt(columns[3]),
                Integer.parseInt(columns[4]),
                Integer.parseInt(columns[5]),
                Kind.ofWireNumber(Integer.parseInt(columns[1])),
                List.of(),
                annotations,
                Integer.parseInt(columns[6]),
                Integer.parseInt(columns[7]));
    }
}
