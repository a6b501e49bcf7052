// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Utf8Buffer;
import java.util.Optional;

/** Keywords of protocols above IP, as IANA assigns and spells them. Not thread-safe. */
final class Protocols {
    private static final long ICMP = 1;
    private static final long TCP = 6;
    private static final long UDP = 17;

    private Optional<NumberedNames> names = Optional.empty();

    /** Writes the keyword, or {@code proto#<number>}. The three that nearly all traffic is of need no table. */
    void write(long number, Utf8Buffer out) {
        if (number == TCP) {
            out.append("TCP");
        } else if (number == UDP) {
            out.append("UDP");
        } else if (number == ICMP) {
            out.append("ICMP");
        } else {
            writeOther(number, out);
        }
    }

    private void writeOther(long number, Utf8Buffer out) {
        if (names.isEmpty()) {
            names = Optional.of(new NumberedNames("protocols.txt"));
        }
        Optional<String> name = names.get().name(number);
        if (name.isPresent()) {
            out.append(name.get());
        } else {
            out.append("proto#");
            out.appendLong(number);
        }
    }
}
