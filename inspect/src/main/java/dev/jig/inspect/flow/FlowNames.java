// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names in diagrams: identifiers that no reader takes for a word of its language, and texts in which nothing is markup. */
final class FlowNames {
    private final Map<String, String> identifiers = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** An identifier of letters, digits and underscores, different for different names. */
    String identifier(String prefix, String name) {
        return identifiers.computeIfAbsent(prefix + name, key -> {
            StringBuilder safe = new StringBuilder(prefix);
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                safe.append(c < 128 && Character.isLetterOrDigit(c) ? c : '_');
            }
            String base = safe.toString();
            String unique = base;
            for (int i = 2; !taken.add(unique); i++) {
                unique = base + "_" + i;
            }
            return unique;
        });
    }

    /** A text in which everything but letters, digits, blanks and harmless signs is written as a character reference of Mermaid. */
    static String mermaid(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || " ._/+-[]()=&*,:!?'$@^~".indexOf(c) >= 0;
            if (plain) {
                safe.appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                safe.append(' ');
            } else {
                safe.append('#').append(c).append(';');
            }
        });
        return safe.toString();
    }

    /** A quoted text of Graphviz. */
    static String dot(String text) {
        StringBuilder safe = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                safe.append('\\');
            }
            safe.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
        });
        return safe.append('"').toString();
    }
}
