// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names by numbers, from a resource with a line for each: the number, a space, the name. */
final class NumberedNames {
    private final Map<Long, String> names = new HashMap<>();

    /** Reads a resource of this package. */
    NumberedNames(String resource) {
        String text = read(resource);
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int space = text.indexOf(' ', start);
            names.put(Long.parseLong(text, start, space, 10), text.substring(space + 1, end));
            start = end + 1;
        }
    }

    private static String read(String resource) {
        try (InputStream stream = NumberedNames.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The name of a number. */
    Optional<String> name(long number) {
        return Optional.ofNullable(names.get(number));
    }
}
