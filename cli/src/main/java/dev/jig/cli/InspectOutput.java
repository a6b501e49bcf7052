// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

/** How values are printed. Texts are printed as they are in each mode. */
enum InspectOutput {
    JSON,
    JSON_PRETTY,
    YAML,
    /** A page for a browser. */
    HTML,
    /** A picture. */
    SVG;

    static InspectOutput of(String mode) {
        return switch (mode) {
            case "json" -> JSON;
            case "jsonpretty" -> JSON_PRETTY;
            case "yaml" -> YAML;
            case "html" -> HTML;
            case "svg" -> SVG;
            default ->
                throw new CliException(
                        "invalid output mode \"" + mode + "\", valid values are: yaml, json, jsonpretty");
        };
    }

    /** The text of a value. */
    String text(Object value) {
        if (value instanceof String text) {
            return text + "\n";
        }
        return switch (this) {
            case JSON -> JsonText.of(value, false) + "\n";
            case JSON_PRETTY -> JsonText.of(value, true) + "\n";
            // Pages and pictures are of programs; what has another shape is JSON.
            case HTML, SVG -> JsonText.of(value, true) + "\n";
            case YAML -> YamlTree.of(JsonTree.sorted(value));
        };
    }
}
