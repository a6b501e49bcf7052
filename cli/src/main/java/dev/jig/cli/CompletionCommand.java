// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.List;

/** {@code gadgetctl completion SHELL}: a script that completes the names of commands. */
final class CompletionCommand extends SimpleCommand {
    private static final List<String> SHELLS = List.of("bash", "fish", "powershell", "zsh");

    private final String program;
    private final String words;

    /**
     * @param commands names of the program's commands
     */
    CompletionCommand(Console console, String program, List<String> commands) {
        super(console, program + " completion {" + String.join("|", SHELLS) + "}", List.of());
        this.program = program;
        this.words = String.join(" ", commands);
    }

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String summary() {
        return "Print a script that completes commands in a shell";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        String shell = exactly(1, parsed).getFirst();
        console()
                .println(
                        switch (shell) {
                            case "bash" -> "complete -o default -W '" + words + "' " + program;
                            case "zsh" ->
                                "#compdef " + program + "\n_arguments '1:command:(" + words + ")' '*::file:_files'";
                            case "fish" -> "complete -c " + program + " -n __fish_use_subcommand -a '" + words + "'";
                            case "powershell" ->
                                "Register-ArgumentCompleter -Native -CommandName " + program
                                        + " -ScriptBlock { param($word) '" + words
                                        + "' -split ' ' | Where-Object { $_ -like \"$word*\" } }";
                            default ->
                                throw new CliException("unknown shell \"" + shell + "\", valid values are: "
                                        + String.join(", ", SHELLS));
                        });
        return ExitCode.SUCCESS;
    }
}
