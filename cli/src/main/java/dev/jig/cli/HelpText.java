// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Lays out help texts: one line a flag, padded to a common column. */
final class HelpText {
    private HelpText() {}

    /** The help text of a command. */
    static String command(Command command) {
        return command(command, command.flags());
    }

    /**
     * The help text of a command with further flags.
     *
     * @param own flags of this command
     */
    static String command(Command command, Collection<Flag> own) {
        List<Flag> local = new ArrayList<>(own);
        local.removeAll(GlobalFlags.all());
        if (!local.contains(GlobalFlags.HELP)) {
            local.add(GlobalFlags.HELP);
        }
        String aliases = command.aliases().isEmpty()
                ? ""
                : "Aliases:\n  " + command.name() + ", " + String.join(", ", command.aliases()) + "\n\n";
        return command.summary() + "\n\nUsage:\n  " + command.usage() + " [flags]\n\n" + aliases + "Flags:\n"
                + flags(local) + "\nGlobal Flags:\n" + flags(GlobalFlags.all());
    }

    /** The flags with descriptions that were too costly to make for a run in place of theirs. */
    static List<Flag> described(Collection<Flag> flags, Collection<Param> described) {
        List<Flag> all = new ArrayList<>(flags);
        for (Param param : described) {
            all.replaceAll(flag -> flag.name().equals(param.key()) ? Flag.of(param) : flag);
        }
        return all;
    }

    /** The lines of some flags, sorted by name. */
    static String flags(Collection<Flag> flags) {
        List<Flag> visible = new ArrayList<>(flags);
        visible.removeIf(Flag::hidden);
        visible.sort(Comparator.comparing(Flag::name));
        int width = visible.stream().mapToInt(flag -> head(flag).length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (Flag flag : visible) {
            String head = head(flag);
            out.append(head).repeat(' ', width - head.length() + 3);
            out.append(description(flag).replace("\n", "\n" + " ".repeat(width + 3)));
            out.append('\n');
        }
        return out.toString();
    }

    private static String head(Flag flag) {
        String letter = flag.letter().isEmpty() ? "    " : "-" + flag.letter() + ", ";
        String word = flag.param().type().helpWord();
        return "  " + letter + "--" + flag.name() + (word.isEmpty() ? "" : " " + word);
    }

    /** What a flag is for, its values and its default. */
    static String description(Flag flag) {
        Param param = flag.param();
        StringBuilder text = new StringBuilder(param.description());
        if (!param.possibleValues().isEmpty()) {
            text.append(" [").append(String.join(", ", param.possibleValues())).append(']');
        }
        if (!param.alternativeKey().isEmpty()) {
            text.append(" (alias: ").append(param.alternativeKey()).append(')');
        }
        if (showsDefault(flag)) {
            boolean quoted = param.type() == ParamType.STRING || param.type() == ParamType.UNTYPED;
            String quote = quoted ? "\"" : "";
            text.append(" (default ")
                    .append(quote)
                    .append(param.defaultValue())
                    .append(quote)
                    .append(')');
        }
        return text.toString();
    }

    private static boolean showsDefault(Flag flag) {
        String value = flag.param().defaultValue();
        boolean plainZero = !flag.strict() && value.equals("0");
        return !value.isEmpty() && !value.equals("false") && !plainZero;
    }
}
