// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.Kernel;
import dev.jig.datasource.DataSourceException;
import dev.jig.gadget.GadgetException;
import java.io.UncheckedIOException;
import java.util.List;

/** The program {@code ig}. */
public final class Ig {
    private Ig() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] words) {
        prepareKernelCalls();
        // Nothing is left to do that finalisers or buffers could need: leave as fast as possible.
        Runtime.getRuntime().halt(run(List.of(words)));
    }

    /** Linking the system call takes as long as reading the image: on another processor the two take the time of one. */
    private static void prepareKernelCalls() {
        Thread.ofPlatform().name("jig-link").daemon().start(Kernel::architecture);
    }

    private static int run(List<String> words) {
        Console console = new Console(new StandardOutput());
        int code = run(words, console);
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

    private static int run(List<String> words, Console console) {
        try {
            return new RootCommand(console, Environment.current()).run(words);
        } catch (CliException | GadgetException | BpfException | DataSourceException wrong) {
            console.error(String.valueOf(wrong.getMessage()));
            return ExitCode.FAILURE;
        } catch (UncheckedIOException broken) {
            console.error(String.valueOf(broken.getMessage()));
            return ExitCode.FAILURE;
        }
    }
}
