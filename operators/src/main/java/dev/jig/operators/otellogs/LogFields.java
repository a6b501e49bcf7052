// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.otellogs;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.Record;
import dev.jig.datasource.filter.FilterException;
import dev.jig.datasource.filter.Filters;
import dev.jig.gadget.GadgetException;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What of a record becomes what of a log record: fields with the annotation {@code logs.name} under that name, of which {@code
 * severity}, {@code body} and {@code timestamp} (microseconds since 1970) are special; without any all fields. The body may also be an
 * expression ({@code logs.body} of the data source).
 */
final class LogFields {
    private static final String NAME = "logs.name";

    private final List<Attribute> attributes = new ArrayList<>();
    private Optional<Field> severity = Optional.empty();
    private Optional<Function<Record, String>> body = Optional.empty();
    private Optional<Field> timestamp = Optional.empty();
    private final Optional<Integer> fixedSeverity;

    private record Attribute(String name, Field field) {}

    /**
     * @throws GadgetException when a field cannot be what its annotation says
     */
    LogFields(DataSource source) {
        fixedSeverity = source.annotation("logs.severity").map(text -> severityOf(source, text));
        source.annotation("logs.body").ifPresent(text -> body = Optional.of(expression(source, text)));
        for (Field field : source.fields()) {
            field.annotation(NAME).ifPresent(name -> add(name, field));
        }
        if (attributes.isEmpty() && body.isEmpty()) {
            for (Field field : source.fields()) {
                if (isValue(field)) {
                    attributes.add(new Attribute(field.fullName(), field));
                }
            }
        }
    }

    private static Function<Record, String> expression(DataSource source, String text) {
        try {
            return Filters.text(text, source);
        } catch (FilterException wrong) {
            throw new GadgetException("data source \"" + source.name() + "\": logs.body: " + wrong.getMessage(), wrong);
        }
    }

    private static int severityOf(DataSource source, String text) {
        try {
            return (int) Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            throw new GadgetException(
                    "data source \"" + source.name() + "\": logs.severity \"" + text + "\" is no number", malformed);
        }
    }

    private void add(String name, Field field) {
        if (!isValue(field)) {
            throw new GadgetException("field \"" + field.fullName() + "\" of kind "
                    + field.kind().displayName() + " cannot be part of a log record (logs.name)");
        }
        switch (name) {
            case "severity" -> severity = Optional.of(number(name, field));
            case "timestamp" -> timestamp = Optional.of(number(name, field));
            case "body" -> body = body.or(() -> Optional.of(record -> record.text(field)));
            default -> attributes.add(new Attribute(name, field));
        }
    }

    private static Field number(String name, Field field) {
        return switch (field.kind()) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> field;
            default ->
                throw new GadgetException("field \"" + field.fullName() + "\" of kind "
                        + field.kind().displayName() + " cannot be the " + name
                        + " of a log record, which is an integer");
        };
    }

    private static boolean isValue(Field field) {
        return field.isReferenced() && !field.isEmpty() && !field.kind().isArray() && field.kind() != Kind.INVALID;
    }

    void fill(LogRecordBuilder log, Record record) {
        log.setTimestamp(Instant.now());
        int level = severity.map(field -> (int) record.number(field))
                .or(() -> fixedSeverity)
                .orElse(0);
        for (Severity known : Severity.values()) {
            if (known.getSeverityNumber() == level) {
                log.setSeverity(known);
            }
        }
        bodyOf(record).ifPresent(log::setBody);
        timestamp.ifPresent(field -> log.setObservedTimestamp(record.number(field), TimeUnit.MICROSECONDS));
        for (Attribute attribute : attributes) {
            set(log, attribute, record);
        }
    }

    /** What cannot be worked out for a record is left out of it, as the documented system does. */
    private Optional<String> bodyOf(Record record) {
        try {
            return Optional.of(body.isPresent() ? body.get().apply(record) : "");
        } catch (FilterException failure) {
            return Optional.empty();
        }
    }

    private static void set(LogRecordBuilder log, Attribute attribute, Record record) {
        Field field = attribute.field;
        switch (field.kind()) {
            case BOOL -> log.setAttribute(attribute.name, record.number(field) != 0);
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                log.setAttribute(attribute.name, record.number(field));
            case FLOAT32, FLOAT64 ->
                log.setAttribute(attribute.name, field.asDouble().read(record));
            default -> log.setAttribute(attribute.name, record.text(field));
        }
    }
}
