// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What libbpf makes of an object, asked through the helper program {@code oracle.c}. */
final class Libbpf {
    private final Path helper;

    Libbpf(Path helper) {
        this.helper = helper;
    }

    /** The instructions that it gives to the kernel, for each program. */
    String linked(Path object, Optional<Path> target) throws IOException, InterruptedException {
        return ask("link", object, target);
    }

    /** What the kernel made of those that it loaded, for each program. */
    String loaded(Path object, Optional<Path> target) throws IOException, InterruptedException {
        return ask("load", object, target);
    }

    private String ask(String question, Path object, Optional<Path> target) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(helper.toString(), question, object.toString()));
        target.ifPresent(path -> command.add(path.toString()));
        return Command.output(command);
    }
}
