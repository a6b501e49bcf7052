// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.gadget.EventClock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns nanoseconds since boot into wall-clock time, in the raw field itself and as text beside it. */
final class TimestampFormatter implements Formatter {
    private static final Map<String, String> ANNOTATIONS = Map.of("template", "timestamp");

    private final ZoneId zone;
    private final Supplier<EventClock> clocks;

    /**
     * @param clocks gives the clock of a field
     */
    TimestampFormatter(ZoneId zone, Supplier<EventClock> clocks) {
        this.zone = zone;
        this.clocks = clocks;
    }

    @Override
    public String tag() {
        return "type:gadget_timestamp";
    }

    @Override
    public boolean apply(Field field) {
        Optional<String> name = Target.name(field, "formatters.timestamp.target");
        if (name.isEmpty() || field.kind() != Kind.UINT64 && field.kind() != Kind.INT64) {
            return false;
        }
        Field target = Target.add(field, name.get(), ANNOTATIONS);
        LongReader bootTime = field.asRawLong();
        EventClock clock = clocks.get();
        field.deriveNumber(record -> clock.wallTime(bootTime.read(record)));
        LongReader wallTime = field.asLong();
        TimestampText text = new TimestampText(zone);
        target.deriveText((record, out) -> text.write(wallTime.read(record), out));
        return true;
    }
}
