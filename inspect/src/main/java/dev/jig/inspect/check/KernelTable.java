// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.features.KernelVersion;
import dev.jig.inspect.InspectException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.TreeMap;

/** Since which version of Linux there is what. */
public final class KernelTable {
    private final Map<String, String> since = new HashMap<>();
    private final Map<Integer, String> lastHelpers = new TreeMap<>();

    private KernelTable() {}

    /** The table that travels with the program. */
    public static KernelTable read() {
        KernelTable table = new KernelTable();
        try (InputStream in = KernelTable.class.getResourceAsStream("kernel-table.txt")) {
            if (in == null) {
                throw new InspectException("the table of kernel versions is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                table.add(line);
            }
        } catch (IOException unreadable) {
            throw new InspectException("the table of kernel versions: " + unreadable.getMessage());
        }
        return table;
    }

    private void add(String line) {
        StringTokenizer words = new StringTokenizer(line);
        if (line.startsWith("#") || words.countTokens() != 3) {
            return;
        }
        String kind = words.nextToken();
        String name = words.nextToken();
        String last = words.nextToken();
        if (kind.equals("helpers")) {
            lastHelpers.put(Integer.parseInt(last), name);
        } else {
            since.put(kind + " " + name, last);
        }
    }

    /** The first version with a program type, map type or attach type, for instance {@code program} and {@code XDP}. */
    public Optional<String> since(String kind, String name) {
        return Optional.ofNullable(since.get(kind + " " + name));
    }

    /** The first version with a helper. */
    public Optional<String> sinceHelper(int number) {
        for (Map.Entry<Integer, String> release : lastHelpers.entrySet()) {
            if (number <= release.getKey()) {
                return Optional.of(release.getValue());
            }
        }
        return Optional.empty();
    }

    /** Whether a version is that or later. */
    static boolean isAtLeast(KernelVersion version, String release) {
        KernelVersion wanted = KernelVersion.parse(release);
        return version.isAtLeast(wanted.major(), wanted.minor());
    }
}
