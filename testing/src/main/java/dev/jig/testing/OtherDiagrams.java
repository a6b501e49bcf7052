// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A second implementation of the diagrams, in another language and by somebody who has not read the first. */
public final class OtherDiagrams {
    private static final Path PROGRAM = Machine.sourceTree().resolve("inspect/src/test/python/diagrams.py");

    private OtherDiagrams() {}

    /**
     * Draws the programs of an object.
     *
     * @param kind {@code flowchart} or {@code sequence}
     * @throws AssertionError when it fails, with what it says
     */
    public static String draw(String kind, Path object) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of("python3", PROGRAM.toString(), kind, object.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String drawn = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(PROGRAM + " cannot draw " + object);
        }
        return drawn;
    }
}
