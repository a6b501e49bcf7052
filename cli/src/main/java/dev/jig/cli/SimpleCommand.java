// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.List;

/** A command whose flags are known from the start, with a help text made of them. */
abstract class SimpleCommand implements Command {
    private final Console console;
    private final String usage;
    private final FlagSet flags;
    private final List<Flag> own;

    /**
     * @param usage all words, for instance {@code ig image tag SRC DST}
     */
    SimpleCommand(Console console, String usage, List<Flag> own) {
        this.console = console;
        this.usage = usage;
        this.own = own;
        this.flags = new FlagSet().addAll(own).add(GlobalFlags.HELP).addAll(GlobalFlags.all());
    }

    Console console() {
        return console;
    }

    /** Runs with parsed words. */
    abstract int run(FlagSet.Parsed parsed);

    @Override
    public final int run(List<String> words) {
        FlagSet.Parsed parsed = flags.parse(words, FlagSet.Unknown.REFUSED);
        if (parsed.isTrue(GlobalFlags.HELP)) {
            console.print(help());
            return ExitCode.SUCCESS;
        }
        return run(parsed);
    }

    private String help() {
        List<Flag> local = new ArrayList<>(own);
        local.add(GlobalFlags.HELP);
        String aliases =
                aliases().isEmpty() ? "" : "Aliases:\n  " + name() + ", " + String.join(", ", aliases()) + "\n\n";
        return summary() + "\n\nUsage:\n  " + usage + " [flags]\n\n" + aliases + "Flags:\n" + HelpText.flags(local)
                + "\nGlobal Flags:\n" + HelpText.flags(GlobalFlags.all());
    }

    /** Checks the number of words that are no flags. */
    static List<String> exactly(int count, FlagSet.Parsed parsed) {
        int given = parsed.positionals().size();
        if (given != count) {
            throw new CliException("accepts " + count + " arg(s), received " + given);
        }
        return parsed.positionals();
    }
}
