// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.BytePattern;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether a field is one of some texts. */
public final class TextMembership implements Condition {
    private static final int SHOWN = 8;

    private final TextReader reader;
    private final List<BytePattern> values;

    TextMembership(TextReader reader, Collection<String> values) {
        this.reader = reader;
        List<BytePattern> patterns = new ArrayList<>(values.size());
        for (String value : values) {
            patterns.add(BytePattern.of(value));
        }
        this.values = List.copyOf(patterns);
    }

    /** Reader of the field. */
    public TextReader reader() {
        return reader;
    }

    /** The texts. */
    public List<BytePattern> values() {
        return values;
    }

    @Override
    public boolean test(Record record) {
        for (int i = 0; i < values.size(); i++) {
            if (reader.isEqual(record, values.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder(reader.field().fullName()).append(" in [");
        for (int i = 0; i < Math.min(values.size(), SHOWN); i++) {
            text.append(i == 0 ? "" : ", ").append(Quoted.text(values.get(i).toString()));
        }
        return text.append(values.size() > SHOWN ? ", …]" : "]").toString();
    }
}
