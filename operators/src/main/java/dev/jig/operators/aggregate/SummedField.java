// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import dev.jig.datasource.DoubleReader;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Record;
import java.util.Optional;

/** A field whose values are added up. A sum is kept as the bits of a long or of a double, as its field has it. */
final class SummedField {
    private final Optional<DoubleReader> fraction;
    private final Optional<LongReader> number;
    private final FieldWriter result;

    SummedField(Field field, FieldWriter result) {
        boolean isFraction = field.kind().isFloat();
        this.fraction = isFraction ? Optional.of(field.asDouble()) : Optional.empty();
        this.number = isFraction ? Optional.empty() : Optional.of(field.asLong());
        this.result = result;
    }

    long add(long sum, Record record) {
        if (number.isPresent()) {
            return sum + number.get().read(record);
        }
        double value = fraction.orElseThrow().read(record);
        return Double.doubleToRawLongBits(Double.longBitsToDouble(sum) + value);
    }

    void write(long sum, Record total) {
        if (number.isPresent()) {
            result.setLong(total, sum);
        } else {
            result.setDouble(total, Double.longBitsToDouble(sum));
        }
    }

    /** The order of two sums. */
    int compare(long first, long second) {
        if (number.isEmpty()) {
            return Double.compare(Double.longBitsToDouble(first), Double.longBitsToDouble(second));
        }
        return number.get().isUnsigned() ? Long.compareUnsigned(first, second) : Long.compare(first, second);
    }
}
