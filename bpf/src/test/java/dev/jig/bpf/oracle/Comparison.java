// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Compares both ways of loading an object, where no test framework is at hand: in a virtual machine. For each argument, an object's path, it prints
 * {@code linked-alike OBJECT}, and for each program {@code loaded-alike OBJECT PROGRAM} or {@code refused-alike OBJECT PROGRAM};
 * where the two differ, {@code DIFFERENT} and both texts. The first argument is the helper linked with libbpf, the second {@code all}, or {@code load} to
 * compare only loaded programs: what is linked names modules by descriptors, which differ.
 */
final class Comparison {
    private final Libbpf libbpf;
    private final Jig jig = new Jig();

    private Comparison(Path helper) {
        this.libbpf = new Libbpf(helper);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Comparison comparison = new Comparison(Path.of(arguments[0]));
        for (int i = 2; i < arguments.length; i++) {
            if (arguments[1].equals("all")) {
                comparison.printLinked(Path.of(arguments[i]));
            }
            comparison.printLoaded(Path.of(arguments[i]));
        }
    }

    private void printLinked(Path object) throws IOException, InterruptedException {
        String name = String.valueOf(object.getFileName());
        say(
                "linked-alike " + name,
                texts(jig.linked(object, Optional.empty())),
                texts(libbpf.linked(object, Optional.empty())));
    }

    private static String texts(String said) {
        return ProgramTexts.byName(said).toString();
    }

    private void printLoaded(Path object) throws IOException, InterruptedException {
        String name = String.valueOf(object.getFileName());
        Map<String, String> loaded = ProgramTexts.byName(libbpf.loaded(object, Optional.empty()));
        Map<String, String> ours = ProgramTexts.byName(jig.loaded(object, Optional.empty()));
        for (Map.Entry<String, String> program : loaded.entrySet()) {
            String result = ProgramTexts.isRefused(program.getValue()) ? "refused-alike " : "loaded-alike ";
            say(result + name + " " + program.getKey(), ours.getOrDefault(program.getKey(), ""), program.getValue());
        }
    }

    private static void say(String alike, String ours, String theirs) {
        System.out.println(
                ours.equals(theirs) ? alike : "DIFFERENT, not " + alike + "\n" + ours + "\nlibbpf:\n" + theirs);
    }
}
