// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.ProgramHolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Looks for programs and links among the descriptors of all processes ({@code prog_id} of {@code /proc/PID/fdinfo}); slow, but works everywhere. */
final class ProcHolders implements Holders.Source {
    private static final String KEY = "prog_id:";

    private final Path proc;

    ProcHolders(Path proc) {
        this.proc = proc;
    }

    @Override
    public List<ProgramHolder> get() {
        List<ProgramHolder> found = new ArrayList<>();
        for (Path process : below(proc)) {
            String name = String.valueOf(process.getFileName());
            if (name.chars().allMatch(Character::isDigit)) {
                lookAt(process, Integer.parseInt(name), found);
            }
        }
        return found;
    }

    private static void lookAt(Path process, int pid, List<ProgramHolder> found) {
        for (Path descriptor : below(process.resolve("fdinfo"))) {
            OptionalInt program = program(text(descriptor));
            if (program.isPresent()) {
                String comm = text(process.resolve("comm")).strip();
                found.add(new ProgramHolder(program.getAsInt(), pid, comm));
            }
        }
    }

    /** The program that a descriptor or link is of. */
    static OptionalInt program(String information) {
        int at = information.indexOf(KEY);
        if (at < 0 || at > 0 && information.charAt(at - 1) != '\n') {
            return OptionalInt.empty();
        }
        int end = information.indexOf('\n', at);
        String number = information.substring(at + KEY.length(), end < 0 ? information.length() : end);
        try {
            return OptionalInt.of(Integer.parseInt(number.strip()));
        } catch (NumberFormatException malformed) {
            return OptionalInt.empty();
        }
    }

    /** Processes come and go, and some cannot be looked at: those are passed over. */
    private static List<Path> below(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
            return List.of();
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {}
}
