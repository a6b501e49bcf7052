// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/**
 * Where the payloads of records lie that follow one another in memory at equal distances.
 *
 * @param stride bytes from one record to the next, at least 1
 * @param parts of one record, each within the stride; payloads that none of them names are absent
 */
public record RecordLayout(int stride, List<Part> parts) {
    /**
     * One payload.
     *
     * @param container whose members the bytes are
     * @param offset of its first byte in the record
     */
    public record Part(Container container, int offset) {}

    public RecordLayout {
        parts = List.copyOf(parts);
        if (stride < 1) {
            throw new DataSourceException("records cannot lie " + stride + " bytes apart");
        }
        for (Part part : parts) {
            if (part.offset < 0 || part.offset > stride - part.container.size()) {
                throw new DataSourceException("payload " + part.container.payload() + ": "
                        + part.container.size() + " bytes at offset " + part.offset + " exceed the record of " + stride
                        + " bytes");
            }
        }
    }
}
