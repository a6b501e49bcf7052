// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.MemberText;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextDerivation;
import dev.jig.datasource.Utf8Buffer;
import java.util.Optional;

/**
 * Resolves paths that programs could only take as they were given ({@link PathCompletion}). Which fields hold them, a gadget's metadata says:
 *
 * <pre>
 *   formatters.complete-path: the field with the process, of type gadget_process
 *   formatters.complete-path.unless: a field that is not zero where the text is no path
 * </pre>
 */
final class CompletedPaths {
    private static final String PROCESS = "formatters.complete-path";
    private static final String UNLESS = "formatters.complete-path.unless";

    private CompletedPaths() {}

    /** Whether a data source has such fields; they are changed on the way. */
    static boolean apply(DataSource source, PathCompletion completion) {
        boolean any = false;
        for (Field field : source.fields()) {
            Optional<String> process = field.annotation(PROCESS);
            if (process.isPresent() && field.isReferenced() && field.kind() == Kind.CSTRING) {
                LongReader pid = source.requireField(process.get() + ".pid").asLong();
                LongReader namespace =
                        source.requireField(process.get() + ".mntns_id").asLong();
                Optional<LongReader> unless =
                        field.annotation(UNLESS).map(source::requireField).map(Field::asLong);
                field.deriveText(new Text(new MemberText(field), pid, namespace, unless, completion));
                field.markLocal();
                any = true;
            }
        }
        return any;
    }

    private static final class Text implements TextDerivation {
        private final MemberText given;
        private final LongReader pid;
        private final LongReader namespace;
        private final Optional<LongReader> unless;
        private final PathCompletion completion;

        Text(
                MemberText given,
                LongReader pid,
                LongReader namespace,
                Optional<LongReader> unless,
                PathCompletion completion) {
            this.given = given;
            this.pid = pid;
            this.namespace = namespace;
            this.unless = unless;
            this.completion = completion;
        }

        @Override
        public void write(Record record, Utf8Buffer out) {
            boolean isPath = unless.isEmpty() || unless.get().read(record) == 0;
            given.read(record);
            long start = out.length();
            out.append(record.windowAddress(), record.windowLength());
            if (isPath && record.windowLength() > 2) {
                String text = out.toString().substring((int) start);
                if (text.startsWith(PathCompletion.MARK)) {
                    out.truncate(start);
                    out.append(completion.complete(text, pid.read(record), namespace.read(record)));
                }
            }
        }
    }
}
