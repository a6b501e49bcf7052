// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.program.BpfProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Attaches programs to functions of user programs and libraries, for all processes that run them, now or later. */
public final class UserProbes {
    private static final int ALL_PROCESSES = -1;

    private final Probes probes;
    private final UserFiles files;

    public UserProbes(Probes probes, UserFiles files) {
        this.probes = requireNonNull(probes, "probes");
        this.files = requireNonNull(files, "files");
    }

    /**
     * Attaches to the function in each of the files that the target means and that has it.
     *
     * @return closing it detaches from all of them
     * @throws BpfException when no such file has such a function, or the kernel refuses
     */
    public Link attach(BpfProgram program, UserTarget target, Probes.Point point) {
        List<Link> links = new ArrayList<>();
        Optional<BpfException> refused = Optional.empty();
        for (Path file : files.find(target)) {
            try {
                links.add(probes.user(program, file, offset(file, target), ALL_PROCESSES, 0, point));
            } catch (BpfException cause) {
                refused = Optional.of(cause);
            }
        }
        if (links.isEmpty() && refused.isPresent()) {
            throw refused.get();
        }
        return () -> links.reversed().forEach(Link::close);
    }

    private static long offset(Path file, UserTarget target) {
        try (ExecutableFile executable = ExecutableFile.open(file)) {
            OptionalLong offset = executable.functionOffset(target.symbol());
            if (offset.isPresent()) {
                return offset.getAsLong() + target.offset();
            }
            throw new BpfException(file + " has no function " + target.symbol() + hint(executable, target.symbol()));
        }
    }

    private static String hint(ExecutableFile executable, String symbol) {
        if (!executable.hasSymbols()) {
            return ": it has no symbols at all (stripped?)";
        }
        Optional<String> nearest = executable.nearestFunction(symbol);
        return nearest.isPresent() ? " (nearest: " + nearest.get() + ")" : "";
    }
}
