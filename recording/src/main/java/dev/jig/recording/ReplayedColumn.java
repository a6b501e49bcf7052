// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.NewField;
import dev.jig.datasource.TextReader;

/**
 * A derived text that was kept with each record. It gets a hidden payload of its own, from which the field is derived here.
 *
 * @param fieldName full name of the field
 * @param numbered whether records hold a number of a text
 * @param carrier the field of the payload
 * @param writer sets it
 */
record ReplayedColumn(String fieldName, boolean numbered, Field carrier, FieldWriter writer) {
    static ReplayedColumn add(DataSource source, Tree description) {
        String name = description.text("field");
        boolean numbered = description.isTrue("numbered");
        Field carrier = source.addField(NewField.of("recorded " + name, numbered ? Kind.UINT32 : Kind.STRING));
        carrier.removeReference(false);
        return new ReplayedColumn(name, numbered, carrier, carrier.asWriter());
    }

    /** Lets the field be what was kept. */
    void derive(Field field, ReplayTexts texts) {
        if (numbered) {
            LongReader number = carrier.asLong();
            field.deriveLiteral(record -> texts.get(number.read(record)));
        } else {
            TextReader text = carrier.asText();
            field.deriveText((record, out) -> text.appendTo(record, out));
        }
    }
}
