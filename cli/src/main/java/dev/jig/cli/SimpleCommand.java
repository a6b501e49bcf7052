// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

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

    @Override
    public final String usage() {
        return usage;
    }

    @Override
    public final List<Flag> flags() {
        return own;
    }

    /** Runs with parsed words. */
    abstract int run(FlagSet.Parsed parsed);

    @Override
    public final int run(List<String> words) {
        FlagSet.Parsed parsed = flags.parse(words, FlagSet.Unknown.REFUSED);
        if (parsed.isTrue(GlobalFlags.HELP)) {
            console.print(HelpText.command(this));
            return ExitCode.SUCCESS;
        }
        parsed.warnings().forEach(text -> console.note("Warning: " + text));
        return run(parsed);
    }

    /** Checks the number of words that are no flags. */
    static List<String> exactly(int count, FlagSet.Parsed parsed) {
        int given = parsed.positionals().size();
        if (given != count) {
            throw new CliException("accepts " + count + " arg(s), received " + given);
        }
        return parsed.positionals();
    }

    /** Refuses words that are no flags. */
    static void none(String usage, FlagSet.Parsed parsed) {
        if (!parsed.positionals().isEmpty()) {
            throw new CliException("unknown command \"" + parsed.positionals().getFirst() + "\" for \"" + usage + "\"");
        }
    }
}
