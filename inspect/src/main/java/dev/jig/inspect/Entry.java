// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import dev.jig.gadget.Json;

/**
 * One fact of an image.
 *
 * @param content its text
 * @param contentType of the text
 */
public record Entry(String content, String contentType) {
    public static final String JSON = "application/json";
    public static final String YAML = "text/yaml";
    public static final String TEXT = "text/plain";
    public static final String MERMAID = "text/mermaid";

    /** A tree as JSON. */
    static Entry json(Object tree) {
        return new Entry(Json.text(tree), JSON);
    }

    static Entry text(String content) {
        return new Entry(content, TEXT);
    }

    static Entry mermaid(String content) {
        return new Entry(content, MERMAID);
    }
}
