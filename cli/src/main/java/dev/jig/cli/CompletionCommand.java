// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.ParamType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code … completion SHELL}: a script by which a shell asks the program itself what words may become. */
final class CompletionCommand extends SimpleCommand {
    private static final Flag PLAIN =
            Flag.plain("no-descriptions", ParamType.BOOL, "false", "Show no descriptions beside words");

    private static final Map<String, String> FILES =
            Map.of("bash", "bash", "zsh", "zsh", "fish", "fish", "powershell", "ps1");

    private final String program;

    CompletionCommand(Console console, String program) {
        super(console, program + " completion {bash|fish|powershell|zsh}", List.of(PLAIN));
        this.program = program;
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
        if (parsed.positionals().isEmpty()) {
            console().print(HelpText.command(this));
            return ExitCode.SUCCESS;
        }
        String shell = exactly(1, parsed).getFirst();
        Optional<String> file = Optional.ofNullable(FILES.get(shell));
        String name = file.orElseThrow(() -> new CliException("unknown shell \"" + shell + "\", valid values are: "
                + String.join(", ", List.of("bash", "fish", "powershell", "zsh"))));
        console().print(script(name, program, parsed.isTrue(PLAIN)));
        return ExitCode.SUCCESS;
    }

    /** The script of a shell for a program. */
    static String script(String file, String program, boolean plain) {
        try (InputStream stream = CompletionCommand.class.getResourceAsStream("completion." + file)) {
            if (stream == null) {
                throw new CliException("the program lacks its file completion." + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PROGRAM@", program)
                    .replace("@COMMAND@", plain ? Completer.PLAIN_COMMAND : Completer.COMMAND);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
