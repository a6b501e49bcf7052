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
import java.util.TreeMap;

/** Lists of images as text. */
final class ImageTable {
    private static final int DIGEST_WIDTH = 12;
    private static final int COLUMNS = 4;
    private static final String SHA256 = "sha256:";
    private static final String STORE = "store";
    private static final String BUILT_IN = "built-in";

    private final List<Row> rows;
    /** Whether there is a column that tells where images come from. */
    private final boolean origins;

    private record Row(ImageStore.Listed image, String origin) {}

    private ImageTable(List<Row> rows, boolean origins) {
        this.rows = rows;
        this.origins = origins;
    }

    /** A list of the user's images alone. */
    static ImageTable of(List<ImageStore.Listed> own) {
        return new ImageTable(rows(own, STORE), false);
    }

    /** The user's images and those that travel with the program, which a user's image of the same name replaces. */
    static ImageTable of(List<ImageStore.Listed> own, List<ImageStore.Listed> builtIn) {
        Map<String, Row> byName = new TreeMap<>();
        rows(builtIn, BUILT_IN).forEach(row -> byName.put(row.image.name().toString(), row));
        rows(own, STORE).forEach(row -> byName.put(row.image.name().toString(), row));
        return new ImageTable(List.copyOf(byName.values()), true);
    }

    private static List<Row> rows(List<ImageStore.Listed> images, String origin) {
        return images.stream().map(image -> new Row(image, origin)).toList();
    }

    /** One line an image, values separated by a blank. */
    String plain() {
        StringBuilder out = new StringBuilder("REPOSITORY TAG DIGEST CREATED");
        out.append(origins ? " ORIGIN\n" : "\n");
        for (Row row : rows) {
            ImageStore.Listed image = row.image;
            out.append(String.join(
                    " ", image.name().shortRepository(), image.name().tag(), image.digest(), image.created()));
            out.append(origins ? " " + row.origin : "").append('\n');
        }
        // An image says itself when it was created.
        return ControlCharacters.neutralise(out.toString());
    }

    /** Fitted into a terminal's width: short digests, ages instead of times. */
    String forTerminal(int terminalWidth, Instant now) {
        int width = (terminalWidth == 0 ? 80 : terminalWidth) - (origins ? BUILT_IN.length() + 1 : 0);
        int shared = Math.max(COLUMNS - 1, width - (COLUMNS - 1) - DIGEST_WIDTH);
        int[] widths = {
            shared / 3 + (shared % 3 > 0 ? 1 : 0),
            shared / 3 + (shared % 3 > 1 ? 1 : 0),
            DIGEST_WIDTH,
            shared / 3,
            BUILT_IN.length()
        };
        StringBuilder out = new StringBuilder();
        line(out, widths, "REPOSITORY", "TAG", "DIGEST", "CREATED", "ORIGIN");
        for (Row row : rows) {
            ImageStore.Listed image = row.image;
            String digest = image.digest().substring(SHA256.length(), SHA256.length() + DIGEST_WIDTH);
            String age = age(image.created(), now);
            line(out, widths, image.name().shortRepository(), image.name().tag(), digest, age, row.origin);
        }
        return out.toString();
    }

    private void line(StringBuilder out, int[] widths, String... cells) {
        for (int i = 0; i < (origins ? cells.length : COLUMNS); i++) {
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
    String json(boolean pretty) {
        List<Map<String, String>> objects = new ArrayList<>();
        for (Row row : rows) {
            ImageStore.Listed image = row.image;
            Map<String, String> members = new LinkedHashMap<>();
            members.put("Repository", image.name().shortRepository());
            members.put("Tag", image.name().tag());
            members.put("Digest", image.digest());
            members.put("Created", ControlCharacters.neutralise(image.created()));
            if (origins) {
                members.put("Origin", row.origin);
            }
            objects.add(members);
        }
        return JsonText.of(objects, pretty);
    }
}
