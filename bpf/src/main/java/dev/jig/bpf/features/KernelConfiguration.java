// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The options that the running kernel was built with, where it or the distribution tells them. */
public final class KernelConfiguration {
    private static final Path IN_PROC = Path.of("/proc/config.gz");

    private final Map<String, String> values;

    private KernelConfiguration(Map<String, String> values) {
        this.values = values;
    }

    /** Reads {@code /proc/config.gz}, else {@code /boot/config-<release>}; without options where there is neither. */
    public static KernelConfiguration running() {
        try (InputStream stream = open()) {
            return parse(stream);
        } catch (IOException unknown) {
            return new KernelConfiguration(Map.of());
        }
    }

    private static InputStream open() throws IOException {
        if (Files.isReadable(IN_PROC)) {
            return new GZIPInputStream(Files.newInputStream(IN_PROC));
        }
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        return Files.newInputStream(Path.of("/boot/config-" + release));
    }

    /** Reads lines such as {@code CONFIG_BPF=y}. */
    public static KernelConfiguration parse(InputStream stream) throws IOException {
        Map<String, String> values = new HashMap<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (line != null) {
            int equals = line.indexOf('=');
            if (line.startsWith("CONFIG_") && equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
            line = reader.readLine();
        }
        return new KernelConfiguration(values);
    }

    /** The value of an option, if it is set: {@code y}, {@code m}, a number, or a quoted text. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }
}
