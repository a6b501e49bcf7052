// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A data source as whoever makes its records left it, before others add to it: on replay they will do so again.
 *
 * @param source the data source itself, to which fields are added afterwards
 * @param description of it as it is now
 * @param payloads how many it has now
 * @param derived its fields whose values are derived already
 */
record SourceSnapshot(DataSource source, Map<String, Object> description, int payloads, List<Field> derived) {
    static SourceSnapshot of(DataSource source) {
        List<Field> derived = new ArrayList<>();
        for (Field field : source.fields()) {
            if (isDerived(field)) {
                derived.add(field);
            }
        }
        return new SourceSnapshot(source, SourceDescription.write(source), source.payloadCount(), derived);
    }

    /** The fields whose numbers stand in place of the bytes that they are derived from. */
    List<Field> numbers() {
        List<Field> numbers = new ArrayList<>();
        for (Field field : derived) {
            if (field.kind().isNumeric()) {
                numbers.add(field);
            }
        }
        return numbers;
    }

    /** The fields whose texts are kept with the records; to be asked for when the data source has started. */
    List<Field> texts() {
        List<Field> texts = new ArrayList<>();
        for (Field field : source.fields()) {
            boolean kept = derived.contains(field) || field.isLocal();
            if (kept && isDerived(field) && !field.kind().isNumeric()) {
                texts.add(field);
            }
        }
        return texts;
    }

    private static boolean isDerived(Field field) {
        ValueSource values = field.source();
        return values instanceof ValueSource.DerivedNumber
                || values instanceof ValueSource.DerivedText
                || values instanceof ValueSource.DerivedLiteral;
    }
}
