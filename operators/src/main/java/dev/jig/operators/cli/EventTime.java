// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.bpf.sys.KernelClock;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Packet;
import dev.jig.datasource.Record;
import java.util.Optional;

/** When something happened: as a record of its own says, else when it came. In nanoseconds since the machine was started. */
final class EventTime {
    private static final String TIMESTAMP = "type:gadget_timestamp";

    private final KernelClock clock = new KernelClock();
    private final Optional<LongReader> stamp;

    EventTime(DataSource source) {
        this.stamp = source.fieldsWithTag(TIMESTAMP).stream()
                .filter(Field::isStaticMember)
                .findFirst()
                .map(Field::asRawLong);
    }

    long of(Packet packet) {
        return stamp.isPresent() && packet instanceof Record record
                ? stamp.get().read(record)
                : clock.bootTime();
    }
}
