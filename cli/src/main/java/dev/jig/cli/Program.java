// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.Kernel;
import dev.jig.datasource.DataSourceException;
import dev.jig.gadget.GadgetException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** What the programs have in common: how they end. */
final class Program {
    private Program() {}

    /** Linking the system call takes as long as reading an image: on another processor the two take the time of one. */
    static void prepareKernelCalls() {
        Thread.ofPlatform().name("jig-link").daemon().start(Kernel::architecture);
    }

    /** Ends the process. Nothing is left to do that finalisers or buffers could need: it leaves as fast as possible. */
    static void end(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }

    /** Runs a command and writes what it answers. */
    static int exitCode(List<String> words, Function<Console, RootCommand> commands) {
        Console console = new Console(new StandardOutput());
        int code = run(words, console, commands);
        console.flush();
        StandardOutput output = console.output();
        if (output.isClosed() && code == ExitCode.SUCCESS) {
            return ExitCode.CLOSED_PIPE;
        }
        if (output.failure().isPresent()) {
            console.error(String.valueOf(output.failure().get().getMessage()));
            console.flush();
            return ExitCode.FAILURE;
        }
        return code;
    }

    private static int run(List<String> words, Console console, Function<Console, RootCommand> commands) {
        try {
            return commands.apply(console).run(words);
        } catch (CliException | GadgetException | BpfException | DataSourceException wrong) {
            console.error(String.valueOf(wrong.getMessage()));
            return ExitCode.FAILURE;
        } catch (UncheckedIOException broken) {
            console.error(String.valueOf(broken.getMessage()));
            return ExitCode.FAILURE;
        } catch (OutOfMemoryError exhausted) {
            // Budgets should have refused whatever it was; if one is too wide, a sentence is better than a trace.
            console.error("this takes more memory than the program may use");
            return ExitCode.FAILURE;
        }
    }
}
