// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.image.ImageStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of images as text. */
final class ImageTable {
    private static final int DIGEST_WIDTH = 12;
    private static final int COLUMNS = 4;
    private static final String SHA256 = "sha256:";

    private ImageTable() {}

    /** One line an image, values separated by a blank. */
    static String plain(List<ImageStore.Listed> images) {
        StringBuilder out = new StringBuilder("REPOSITORY TAG DIGEST CREATED\n");
        for (ImageStore.Listed image : images) {
            out.append(String.join(
                            " ", image.name().shortRepository(), image.name().tag(), image.digest(), image.created()))
                    .append('\n');
        }
        // An image says itself when it was created.
        return ControlCharacters.neutralise(out.toString());
    }

    /** Fitted into a terminal's width: short digests, ages instead of times. */
    static String forTerminal(List<ImageStore.Listed> images, int terminalWidth, Instant now) {
        int width = terminalWidth == 0 ? 80 : terminalWidth;
        int shared = Math.max(COLUMNS - 1, width - (COLUMNS - 1) - DIGEST_WIDTH);
        int[] widths = {
            shared / 3 + (shared % 3 > 0 ? 1 : 0), shared / 3 + (shared % 3 > 1 ? 1 : 0), DIGEST_WIDTH, shared / 3
        };
        StringBuilder out = new StringBuilder();
        line(out, widths, "REPOSITORY", "TAG", "DIGEST", "CREATED");
        for (ImageStore.Listed image : images) {
            String digest = image.digest().substring(SHA256.length(), SHA256.length() + DIGEST_WIDTH);
            line(out, widths, image.name().shortRepository(), image.name().tag(), digest, age(image.created(), now));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, int[] widths, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i].length() > widths[i] ? cells[i].substring(0, widths[i] - 1) + "…" : cells[i];
            out.append(i == 0 ? "" : " ").append(cell).repeat(' ', widths[i] - cell.length());
        }
        out.append('\n');
    }

    /** How long ago a time was, in one rounded unit; empty for a text that is no time. */
    static String age(String created, Instant now) {
        try {
            Duration age = Duration.between(OffsetDateTime.parse(created).toInstant(), now);
            return words(age) + " ago";
        } catch (DateTimeException notATime) {
            return "";
        }
    }

    private static String words(Duration age) {
        long seconds = age.toSeconds();
        long hours = Math.round(age.toMinutes() / 60.0);
        long days = age.toHours() / 24;
        if (seconds < 1) {
            return "less than a second";
        }
        if (seconds == 1) {
            return "1 second";
        }
        if (seconds < 60) {
            return seconds + " seconds";
        }
        if (age.toMinutes() == 1) {
            return "about a minute";
        }
        if (age.toMinutes() < 60) {
            return age.toMinutes() + " minutes";
        }
        if (hours == 1) {
            return "about an hour";
        }
        if (hours < 48) {
            return hours + " hours";
        }
        if (days < 14) {
            return days + " days";
        }
        if (days < 60) {
            return days / 7 + " weeks";
        }
        return days < 730 ? days / 30 + " months" : days / 365 + " years";
    }

    /** An array of objects. */
    static String json(List<ImageStore.Listed> images, boolean pretty) {
        List<Map<String, String>> objects = new ArrayList<>();
        for (ImageStore.Listed image : images) {
            Map<String, String> members = new LinkedHashMap<>();
            members.put("Repository", image.name().shortRepository());
            members.put("Tag", image.name().tag());
            members.put("Digest", image.digest());
            members.put("Created", ControlCharacters.neutralise(image.created()));
            objects.add(members);
        }
        return JsonText.of(objects, pretty);
    }
}
