// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** A text of a small domain chosen by a record; see {@link Field#deriveLiteral}. */
@FunctionalInterface
public interface LiteralDerivation {
    /** Gives the empty text. */
    LiteralDerivation EMPTY = new LiteralDerivation() {
        @Override
        public Utf8Literal derive(Record record) {
            return Utf8Literal.EMPTY;
        }
    };

    /** The value for {@code record}, usually from a {@link LongTextMemo} or {@link BytesTextMemo}. */
    Utf8Literal derive(Record record);
}
