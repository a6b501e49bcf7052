// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * The time zone of this process. Where it is UTC, as on most servers, the JVM's table of time zones is not read, which
 * would take a tenth of the time to the first event.
 */
public final class LocalZone {
    private static final Path LOCALTIME = Path.of("/etc/localtime");
    private static final Set<String> UTC_NAMES = Set.of("UTC", "UTC0", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Zulu", "UCT");
    private static final String FOLDER = "zoneinfo/";

    private LocalZone() {}

    /** The zone that {@code TZ} or {@code /etc/localtime} names; UTC where neither does. */
    public static ZoneId current() {
        String variable = System.getenv("TZ");
        return isUtc(variable == null ? "" : variable) ? ZoneOffset.UTC : ZoneId.systemDefault();
    }

    private static boolean isUtc(String variable) {
        if (!variable.isEmpty()) {
            return UTC_NAMES.contains(variable.startsWith(":") ? variable.substring(1) : variable);
        }
        try {
            String target = Files.readSymbolicLink(LOCALTIME).toString();
            int start = target.indexOf(FOLDER);
            return start >= 0 && UTC_NAMES.contains(target.substring(start + FOLDER.length()));
        } catch (IOException noLink) {
            return !Files.exists(LOCALTIME);
        }
    }
}
