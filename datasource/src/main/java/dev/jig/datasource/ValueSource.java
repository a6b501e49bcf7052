// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static java.util.Objects.requireNonNull;

/** Where the value of a field comes from; decided before the first record. */
public sealed interface ValueSource {
    /** The field has no value. */
    record None() implements ValueSource {}

    /**
     * Raw bytes of a payload.
     *
     * @param payload index of the payload
     * @param offset first byte
     * @param size bytes; 0 means up to the payload's end
     */
    record Payload(int payload, int offset, int size) implements ValueSource {}

    /** The same number in each record of a run, with the conventions of {@link NumberDerivation}. */
    record ConstantNumber(long value) implements ValueSource {}

    /** The same text in each record of a run. */
    record ConstantText(Utf8Literal text) implements ValueSource {
        public ConstantText {
            requireNonNull(text, "text");
        }
    }

    /** A number computed from the record. */
    record DerivedNumber(NumberDerivation derivation) implements ValueSource {
        public DerivedNumber {
            requireNonNull(derivation, "derivation");
        }
    }

    /** A ready text chosen by the record. */
    record DerivedLiteral(LiteralDerivation derivation) implements ValueSource {
        public DerivedLiteral {
            requireNonNull(derivation, "derivation");
        }
    }

    /** A text computed from the record. */
    record DerivedText(TextDerivation derivation) implements ValueSource {
        public DerivedText {
            requireNonNull(derivation, "derivation");
        }
    }
}
