// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.NamePattern;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.MultiProbes;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.object.AttachType;
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
        return attachAll(files, target, file -> {
            long offset = offset(file, target, point);
            return List.of(probes.user(program, file, offset, ALL_PROCESSES, 0, point));
        });
    }

    /**
     * Attaches to all functions whose names fit, in each of the files that the target means and that has one, by one link for each file (Linux 6.6).
     *
     * @param target its symbol is a pattern with {@code *} and {@code ?}
     * @param type what the program was loaded for
     * @return closing it detaches from all of them
     * @throws BpfException when no such file has such a function, or the kernel refuses
     */
    public static Link attachMany(
            BpfProgram program, UserFiles files, UserTarget target, AttachType type, Probes.Point point) {
        return attachAll(files, target, file -> {
            long[] offsets;
            try (ExecutableFile executable = ExecutableFile.open(file)) {
                offsets = executable.functionOffsets(new NamePattern(target.symbol()));
                if (offsets.length == 0) {
                    throw new BpfException(
                            file + " has no function " + target.symbol() + hint(executable, target.symbol()));
                }
            }
            return List.of(MultiProbes.user(program, type, file, offsets, point));
        });
    }

    /**
     * Attaches to the places of a static probe in each of the files that the target means and that has it.
     *
     * @param target as {@link UserTarget#parseStatic} understands it
     * @return closing it detaches from all of them
     * @throws BpfException when no such file has such a probe, or the kernel refuses
     */
    public Link attachStatic(BpfProgram program, UserTarget target) {
        int colon = target.symbol().indexOf(':');
        String provider = target.symbol().substring(0, colon);
        String probe = target.symbol().substring(colon + 1);
        return attachAll(files, target, file -> {
            List<StaticProbe> places;
            try (ExecutableFile executable = ExecutableFile.open(file)) {
                places = StaticProbes.find(executable, provider, probe);
            }
            List<Link> links = new ArrayList<>();
            try {
                for (StaticProbe place : places) {
                    links.add(probes.user(
                            program, file, place.offset(), ALL_PROCESSES, place.semaphore(), Probes.Point.ENTRY));
                }
            } catch (BpfException refused) {
                links.forEach(Link::close);
                throw refused;
            }
            return links;
        });
    }

    /** Attaches within one file. */
    private interface Attachment {
        List<Link> in(Path file);
    }

    private static Link attachAll(UserFiles files, UserTarget target, Attachment attachment) {
        List<Link> links = new ArrayList<>();
        Optional<BpfException> refused = Optional.empty();
        for (Path file : files.find(target)) {
            try {
                links.addAll(attachment.in(file));
            } catch (BpfException cause) {
                refused = Optional.of(cause);
            }
        }
        if (links.isEmpty() && refused.isPresent()) {
            throw refused.get();
        }
        return () -> links.reversed().forEach(Link::close);
    }

    private static long offset(Path file, UserTarget target, Probes.Point point) {
        if (target.symbol().isEmpty()) {
            return target.offset();
        }
        try (ExecutableFile executable = ExecutableFile.open(file)) {
            OptionalLong offset = executable.functionOffset(target.symbol());
            if (offset.isEmpty() && point == Probes.Point.ENTRY) {
                offset = goOffset(executable, target.symbol());
            }
            if (offset.isPresent()) {
                return offset.getAsLong() + target.offset();
            }
            throw new BpfException(file + " has no function " + target.symbol() + hint(executable, target.symbol()));
        }
    }

    /** Only for entries: stacks of Go's threads move, so the return of a Go function must not be probed. */
    private static OptionalLong goOffset(ExecutableFile executable, String function) {
        Optional<GoFunctions> functions = GoFunctions.find(executable);
        OptionalLong address =
                functions.isEmpty() ? OptionalLong.empty() : functions.get().address(function);
        return address.isPresent()
                ? OptionalLong.of(executable.codeOffset("function " + function, address.getAsLong()))
                : OptionalLong.empty();
    }

    private static String hint(ExecutableFile executable, String symbol) {
        if (!executable.hasSymbols()) {
            return ": it has no symbols at all (stripped?)";
        }
        Optional<String> nearest = executable.nearestFunction(symbol);
        return nearest.isPresent() ? " (nearest: " + nearest.get() + ")" : "";
    }
}
