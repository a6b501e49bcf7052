// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.verifier;

import dev.jig.bpf.BpfException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A catalogue of the verifier's messages. It is read when a program is refused, which is when nobody is in a hurry. */
final class Refusals {
    private static final String FIELDS = " | ";
    private static final String FRAGMENTS = " & ";

    private final List<Known> known = new ArrayList<>();

    /** A message by fragments that it has. */
    private record Known(List<String> fragments, Refusal refusal) {
        boolean fits(String message) {
            for (String fragment : fragments) {
                if (!message.contains(fragment)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Refusals() {}

    static Refusals read() {
        Refusals refusals = new Refusals();
        try (InputStream in = Refusals.class.getResourceAsStream("refusals.txt")) {
            if (in == null) {
                throw new BpfException("the catalogue of refusals is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                refusals.add(line);
            }
        } catch (IOException unreadable) {
            throw new BpfException("the catalogue of refusals: " + unreadable.getMessage(), unreadable);
        }
        return refusals;
    }

    private void add(String line) {
        int first = line.indexOf(FIELDS);
        int second = line.indexOf(FIELDS, first + 1);
        if (line.startsWith("#") || second < 0) {
            return;
        }
        List<String> fragments = new ArrayList<>();
        String pattern = line.substring(0, first);
        int start = 0;
        for (int at = pattern.indexOf(FRAGMENTS); at >= 0; at = pattern.indexOf(FRAGMENTS, start)) {
            fragments.add(pattern.substring(start, at));
            start = at + FRAGMENTS.length();
        }
        fragments.add(pattern.substring(start));
        known.add(new Known(
                List.copyOf(fragments),
                new Refusal(
                        line.substring(first + FIELDS.length(), second), line.substring(second + FIELDS.length()))));
    }

    /** What a message means. */
    Optional<Refusal> find(String message) {
        for (Known candidate : known) {
            if (candidate.fits(message)) {
                return Optional.of(candidate.refusal);
            }
        }
        return Optional.empty();
    }
}
