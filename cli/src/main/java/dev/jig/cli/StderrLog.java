// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.LocalZone;
import dev.jig.gadget.Log;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Messages on standard error: short lines for people, {@code key=value} lines for programs. */
final class StderrLog implements Log {
    private static final int MESSAGE_WIDTH = 44;

    private final PrintStream out;
    private final BooleanSupplier terminal;
    private final Level least;
    private final long start = System.nanoTime();

    /**
     * @param terminal whether people read what is said; asked for each message, as most runs have none
     * @param least what matters less is not said
     */
    StderrLog(PrintStream out, BooleanSupplier terminal, Level least) {
        this.out = out;
        this.terminal = terminal;
        this.least = least;
    }

    @Override
    public boolean isEnabled(Level level) {
        return level.compareTo(least) <= 0;
    }

    @Override
    public synchronized void log(Level level, String message) {
        if (!isEnabled(level)) {
            return;
        }
        String text = ControlCharacters.neutralise(message.stripTrailing());
        out.println(terminal.getAsBoolean() ? forPeople(level, text) : forPrograms(level, text));
    }

    private String forPeople(Level level, String text) {
        int color = switch (level) {
            case ERROR -> 31;
            case LOSS, WARN -> 33;
            case INFO -> 36;
            case DEBUG -> 37;
        };
        String word = level == Level.LOSS ? "WARN" : level.name().substring(0, 4);
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;
        String number = String.valueOf(seconds);
        return "\u001b[" + color + "m" + word + "\u001b[0m[" + "0".repeat(Math.max(0, 4 - number.length())) + number
                + "] " + text + " ".repeat(Math.max(0, MESSAGE_WIDTH - text.length())) + " ";
    }

    private static String forPrograms(Level level, String text) {
        boolean warning = level == Level.WARN || level == Level.LOSS;
        String word = warning ? "warning" : level.name().toLowerCase(Locale.ROOT);
        String time = time(Instant.now().atZone(LocalZone.current()));
        return "time=\"" + time + "\" level=" + word + " msg=" + quoted(text);
    }

    /** RFC 3339 with whole seconds, without the JVM's formatter, whose tables take long to load. */
    private static String time(ZonedDateTime time) {
        StringBuilder out = new StringBuilder().append(time.getYear());
        int[] parts = {time.getMonthValue(), time.getDayOfMonth(), time.getHour(), time.getMinute(), time.getSecond()};
        for (int i = 0; i < parts.length; i++) {
            out.append("--T::".charAt(i)).append(parts[i] < 10 ? "0" : "").append(parts[i]);
        }
        return out.append(time.getOffset().getId()).toString();
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.chars().allMatch(StderrLog::isPlain);
        return plain
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static boolean isPlain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "._/@^+-".indexOf(c) >= 0);
    }
}
