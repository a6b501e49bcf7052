// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ProcessConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Records runs in a daemon, where whoever asks for it must not be able to write files: into the one folder that the daemon's configuration names, and never over anything.
 *
 * <pre>
 *   operator:
 *     recording:
 *       directory: /var/lib/ig/recordings
 *       limit: 1073741824        bytes of each recording, the default
 * </pre>
 */
public final class ServerRecordOperator implements Operator {
    /** Begins the full names of all params here. */
    static final String PREFIX = "operator.server-recording.";

    private static final String DIRECTORY = "operator.recording.directory";
    private static final String LIMIT = "operator.recording.limit";
    private static final long USUAL_LIMIT = 1L << 30;
    private static final int LONGEST_NAME = 128;

    /** The name of the file; empty for none. */
    static final Param NAME = Param.of(
            PREFIX,
            "record-on-server",
            ParamType.STRING,
            "",
            "Record the run to a file of this name in the daemon's folder of recordings");

    @Override
    public String name() {
        return "server-recording";
    }

    @Override
    public int priority() {
        return RecordOperator.PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        Configuration file = context.find(ProcessConfiguration.KEY)
                .orElse(ProcessConfiguration.NONE)
                .file();
        Optional<String> directory = file.text(DIRECTORY).filter(text -> !text.isEmpty());
        String name = context.value(NAME);
        if (name.isEmpty()) {
            return directory.map(there -> new Offer());
        }
        Path folder = Path.of(directory.orElseThrow(() -> new GadgetException(
                "this daemon keeps no recordings: " + DIRECTORY + " of its configuration would name their folder")));
        requireName(name);
        long limit = limit(file);
        return Optional.of(new RecorderInstance(
                () -> {
                    RecordingFile made = RecordingFile.createIn(folder, name, limit);
                    context.log().info("recording to " + made.path());
                    return made;
                },
                context));
    }

    /** A run that is not recorded, but could have been. */
    private static final class Offer implements OperatorInstance {
        @Override
        public List<Param> params() {
            return List.of(NAME);
        }
    }

    private static void requireName(String name) {
        boolean fits = name.length() <= LONGEST_NAME && name.charAt(0) != '.';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            fits &= letter || c == '.' || c == '_' || c == '-';
        }
        if (!fits) {
            throw new GadgetException("\"" + name + "\" cannot name a recording: up to " + LONGEST_NAME
                    + " letters, digits, dots, dashes and underscores can, with no dot in front");
        }
    }

    private static long limit(Configuration file) {
        String text = file.text(LIMIT).orElse(String.valueOf(USUAL_LIMIT));
        try {
            long limit = Long.parseLong(text);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException malformed) {
            throw new GadgetException(LIMIT + " is no number of bytes: \"" + text + "\"", malformed);
        }
        throw new GadgetException(LIMIT + " must be above 0, not " + text);
    }
}
