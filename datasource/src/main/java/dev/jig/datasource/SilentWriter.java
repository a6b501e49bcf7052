// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Writes nothing: records are consumed by other means, or only counted. */
public final class SilentWriter implements OutputWriter {
    @Override
    public void start(Utf8Buffer out) {}

    @Override
    public void beginArray(Utf8Buffer out) {}

    @Override
    public void write(Record record, Utf8Buffer out) {}

    @Override
    public void endArray(Utf8Buffer out) {}
}
