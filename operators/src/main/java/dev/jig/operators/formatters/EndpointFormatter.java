// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.BytesTextMemo;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LiteralDerivation;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.LongTextMemo;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.datasource.Utf8Literal;
import dev.jig.datasource.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Makes addresses of the network layer ({@code gadget_l3endpoint_t}) and of the transport layer ({@code gadget_l4endpoint_t}) readable: the structure gets
 * the sub-fields {@code addr} and, with a port, {@code proto} and {@code endpoint}.
 */
final class EndpointFormatter implements Formatter {
    private static final int MOST_KEPT = 4096;
    private static final int LONGEST = 64;
    private static final String RAW_SUFFIX = "_raw";

    private final boolean transport;
    private final boolean compat;

    /**
     * @param transport whether there are ports
     * @param compat whether, as upstream does it, an unknown version drops the event and addresses of version 6 have no brackets before their ports
     */
    EndpointFormatter(boolean transport, boolean compat) {
        this.transport = transport;
        this.compat = compat;
    }

    @Override
    public String tag() {
        return transport ? "type:gadget_l4endpoint_t" : "type:gadget_l3endpoint_t";
    }

    @Override
    public boolean apply(Field struct) {
        List<Field> addresses = struct.subFieldsWithTag("type:gadget_ip_addr_t");
        List<Field> versions = struct.subFieldsWithTag("name:version");
        List<Field> ports = struct.subFieldsWithTag("name:port");
        List<Field> protocols = struct.subFieldsWithTag("name:proto_raw");
        boolean fits = addresses.size() == 1
                && versions.size() == 1
                && isInteger(versions.getFirst())
                && addresses.getFirst().name().endsWith(RAW_SUFFIX);
        boolean fitsTransport = ports.size() == 1 && isInteger(ports.getFirst()) && protocols.size() <= 1;
        if (!fits || transport && !fitsTransport) {
            return false;
        }
        Field raw = addresses.getFirst();
        Address address = new Address(raw.asText(), versions.getFirst().asLong());
        Field text = addAddress(struct, raw, address);
        Field shown = text;
        if (transport) {
            if (!protocols.isEmpty() && isInteger(protocols.getFirst())) {
                addProtocol(struct, protocols.getFirst());
            }
            shown = addEndpoint(struct, address, ports.getFirst().asLong());
        }
        Target.hide(struct, false);
        struct.annotate("columns.replace", shown.fullName());
        if (compat) {
            dropUnknown(struct, address);
        }
        return true;
    }

    private static boolean isInteger(Field field) {
        return field.kind().isInteger();
    }

    private static Field addAddress(Field struct, Field raw, Address address) {
        String name = raw.name().substring(0, raw.name().length() - RAW_SUFFIX.length());
        Field text = struct.addSubField(NewField.of(name, Kind.STRING).withOrder(raw.order()));
        text.deriveLiteral(address);
        raw.removeReference(true);
        return text;
    }

    private static void addProtocol(Field struct, Field raw) {
        Field text = struct.addSubField(NewField.of("proto", Kind.STRING).withOrder(raw.order()));
        LongReader number = raw.asLong();
        Protocols names = new Protocols();
        LongTextMemo memo = new LongTextMemo(MOST_KEPT, protocol -> literal(protocol, names::write));
        text.deriveLiteral(record -> memo.of(number.read(record)));
    }

    private Field addEndpoint(Field struct, Address address, LongReader port) {
        Field text = struct.addSubField(NewField.of("endpoint", Kind.STRING)
                .withOrder(struct.order())
                .withTags("endpoint")
                .withAnnotations(Map.of("json.skip", "true")));
        text.deriveText((record, out) -> {
            Utf8Literal host = compat ? address.derive(record) : address.deriveBracketed(record);
            if (host.length() > 0) {
                out.append(host);
                out.append(':');
                out.appendLong(port.read(record));
            }
        });
        return text;
    }

    private static void dropUnknown(Field struct, Address address) {
        if (struct.dataSource().type() == DataSourceType.SINGLE) {
            struct.dataSource().subscribe(0, record -> address.isKnown(record) ? Verdict.KEEP : Verdict.DISCARD);
        } else {
            struct.dataSource().subscribeArray(0, array -> {
                for (int i = 0; i < array.size(); i++) {
                    if (!address.isKnown(array.get(i))) {
                        return Verdict.DISCARD;
                    }
                }
                return Verdict.KEEP;
            });
        }
    }

    private static <T> Utf8Literal literal(T value, BiConsumer<T, Utf8Buffer> text) {
        try (Utf8Buffer buffer = new Utf8Buffer(LONGEST)) {
            text.accept(value, buffer);
            return Utf8Literal.of(buffer);
        }
    }

    /** The text of an address; few are met in a run compared with the number of records, so texts are kept. */
    private static final class Address implements LiteralDerivation {
        private final TextReader bytes;
        private final LongReader version;
        private final BytesTextMemo version4 = new BytesTextMemo(
                MOST_KEPT, address -> literal(address, (raw, out) -> AddressText.writeVersion4(raw, 0, out)));
        private final BytesTextMemo version6 =
                new BytesTextMemo(MOST_KEPT, address -> literal(address, AddressText::writeVersion6));
        private final BytesTextMemo bracketed =
                new BytesTextMemo(MOST_KEPT, address -> literal(address, Address::writeBracketed));

        Address(TextReader bytes, LongReader version) {
            this.bytes = bytes;
            this.version = version;
        }

        boolean isKnown(Record record) {
            long number = version.read(record);
            return number == 4 || number == 6;
        }

        @Override
        public Utf8Literal derive(Record record) {
            return derive(record, version6);
        }

        Utf8Literal deriveBracketed(Record record) {
            return derive(record, bracketed);
        }

        private Utf8Literal derive(Record record, BytesTextMemo forVersion6) {
            long number = version.read(record);
            if (number != 4 && number != 6) {
                return Utf8Literal.EMPTY;
            }
            bytes.locate(record);
            return (number == 4 ? version4 : forVersion6).ofWindow(record);
        }

        private static void writeBracketed(byte[] address, Utf8Buffer out) {
            boolean colons = !AddressText.isMapped(address);
            if (colons) {
                out.append('[');
            }
            AddressText.writeVersion6(address, out);
            if (colons) {
                out.append(']');
            }
        }
    }
}
