// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Requirement;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * Chromium without a window.
 *
 * @param folder for its files
 */
record Browser(Path folder) {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final int SECONDS = 120;

    /** Aborts the test, saying so, unless there is one. */
    static Browser in(Path folder) {
        Requirement.check(Files.exists(PROGRAM), "Chromium is not there (./test installs it)");
        return new Browser(folder);
    }

    /** What a page looks like in a window of a size. */
    BufferedImage picture(Path page, int width, int height) throws Exception {
        Path file = folder.resolve("page.png");
        run(List.of("--screenshot=" + file, "--window-size=" + width + "," + height, page.toString()));
        return ImageIO.read(file.toFile());
    }

    /** The document that a page is once it is read and its scripts, if any, have run. */
    String document(Path page) throws Exception {
        return run(List.of("--dump-dom", page.toString()));
    }

    private String run(List<String> words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "browser", ".out");
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "--headless",
                // Tests are run by root, whom its sandbox does not take; the pages are ours.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("browser")));
        command.addAll(words);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("Chromium ends")
                    .isTrue();
            assertThat(process.exitValue()).isZero();
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
