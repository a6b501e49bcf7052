// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A manual page in the macros of man(7). */
final class ManPage {
    private final StringBuilder out = new StringBuilder();

    /**
     * @param summary a few words
     */
    ManPage(String name, int section, String date, String manual, String summary) {
        out.append(".TH ")
                .append(quoted(name.toUpperCase(Locale.ROOT)))
                .append(' ')
                .append(section);
        // A date is read as it is written.
        out.append(" \"").append(date).append("\" ").append(quoted("Jig " + VersionCommand.VERSION));
        out.append(' ').append(quoted(manual)).append('\n');
        section("NAME");
        line(escaped(name) + " \\- " + escaped(oneLine(summary)));
    }

    private static String quoted(String text) {
        return "\"" + escaped(text).replace("\"", "\\(dq") + "\"";
    }

    /** Begins a section. */
    ManPage section(String title) {
        out.append(".SH ").append(quoted(title.toUpperCase(Locale.ROOT))).append('\n');
        return this;
    }

    /** How a command is typed. */
    ManPage synopsis(String words, String rest) {
        line("\\fB" + escaped(words) + "\\fR " + escaped(rest));
        return this;
    }

    /** Paragraphs, which empty lines separate. */
    ManPage text(String text) {
        boolean gap = false;
        for (String each : text.strip().split("\n", -1)) {
            if (each.isBlank()) {
                gap = true;
            } else {
                out.append(gap ? ".PP\n" : "");
                gap = false;
                line(escaped(each.strip()));
            }
        }
        return this;
    }

    /** A word with what it means. */
    ManPage item(String word, String value, String description) {
        return tagged(
                "\\fB" + escaped(word) + "\\fR" + (value.isEmpty() ? "" : " \\fI" + escaped(value) + "\\fR"),
                description);
    }

    /** Flags, sorted by name. */
    ManPage flags(Collection<Flag> flags) {
        List<Flag> sorted = new ArrayList<>(flags);
        sorted.removeIf(Flag::hidden);
        sorted.sort(Comparator.comparing(Flag::name));
        for (Flag flag : sorted) {
            String letter = flag.letter().isEmpty() ? "" : "\\fB\\-" + escaped(flag.letter()) + "\\fR, ";
            String type = flag.param().type().helpWord();
            tagged(
                    letter + "\\fB\\-\\-" + escaped(flag.name()) + "\\fR"
                            + (type.isEmpty() ? "" : " \\fI" + escaped(type) + "\\fR"),
                    HelpText.description(flag));
        }
        return this;
    }

    private ManPage tagged(String tag, String description) {
        out.append(".TP\n");
        line(tag);
        boolean first = true;
        for (String each : description.strip().split("\n", -1)) {
            if (!each.isBlank()) {
                out.append(first ? "" : ".br\n");
                first = false;
                line(escaped(each.strip()));
            }
        }
        if (first) {
            // A tag without a text would take the next tag for one.
            out.append("\\&\n");
        }
        return this;
    }

    /** Names of other pages. */
    ManPage seeAlso(List<String> names, int section) {
        section("SEE ALSO");
        for (int i = 0; i < names.size(); i++) {
            line("\\fB" + escaped(names.get(i)) + "\\fR(" + section + ")" + (i + 1 < names.size() ? "," : ""));
        }
        return this;
    }

    private static String oneLine(String text) {
        return text.strip().replace('\n', ' ');
    }

    /** What stands at the beginning of a line must not be taken for a macro. */
    private void line(String text) {
        boolean macro = text.startsWith(".") || text.startsWith("'");
        out.append(macro ? "\\&" : "").append(text).append('\n');
    }

    /** Dashes are the characters that are typed; backslashes are escapes only here. */
    private static String escaped(String text) {
        return ControlCharacters.neutralise(text)
                .replace('\t', ' ')
                .replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
