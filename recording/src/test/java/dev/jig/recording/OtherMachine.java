// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldFlags;
import dev.jig.datasource.Kind;
import dev.jig.datasource.Record;
import dev.jig.datasource.WireField;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of a daemon on a machine whose numbers have their highest byte first. */
final class OtherMachine implements Operator {
    static final String SOURCE = "numbers";
    private static final int[] NUMBERS = {0x12345678, -2};

    @Override
    public String name() {
        return "other";
    }

    @Override
    public int priority() {
        return -1000;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        WireField number = new WireField(
                "number",
                "number",
                0,
                0,
                Integer.BYTES,
                FieldFlags.STATIC_MEMBER,
                Kind.INT32,
                List.of(),
                Map.of(),
                0,
                0);
        DataSource source = context.register(SOURCE, DataSourceType.SINGLE, ByteOrder.BIG_ENDIAN, List.of(number));
        return Optional.of(new OperatorInstance() {
            @Override
            public void started(GadgetContext shared) {
                emitAll(source);
            }
        });
    }

    private static void emitAll(DataSource source) {
        try (Record record = source.newRecord()) {
            for (int number : NUMBERS) {
                byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
                record.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
                source.emit(record);
            }
        }
    }
}
