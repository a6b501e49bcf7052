// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Records a run: the records as they came, before others derived anything from them, but only those that no filter dropped. It takes part where whoever chooses the
 * file may write files anyway, never in a daemon.
 */
public final class RecordOperator implements Operator {
    /** Begins the full names of all params here. */
    static final String PREFIX = "operator.recording.";
    /** Behind those that make data sources, before those that add fields to them. */
    static final int PRIORITY = -100;

    /** The file to write; empty for none. */
    public static final Param FILE =
            Param.of(PREFIX, "record", ParamType.STRING, "", "Record the run to this file, for ig replay");

    /** Whether a file that is there already is replaced. */
    public static final Param OVERWRITE = Param.of(
            PREFIX, "record-overwrite", ParamType.BOOL, "false", "Replace the file of --record if it exists already");

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public List<Param> instanceParams() {
        return params();
    }

    /** The params, also for those who do not run gadgets themselves. */
    public static List<Param> params() {
        return List.of(FILE, OVERWRITE);
    }

    /** A run that is not recorded needs nothing of all this: no further class is loaded. */
    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        return context.value(FILE).isEmpty() ? Optional.empty() : Optional.of(recorder(context));
    }

    /** Whoever starts runs may still change the values until then. */
    private static OperatorInstance recorder(GadgetContext context) {
        return new RecorderInstance(
                () -> RecordingFile.create(
                        Path.of(context.value(FILE)), context.value(OVERWRITE).equals("true")),
                context);
    }

    /** The file of one of several gadgets: its name stands before the ending, as in {@code x.trace_open.jig}. */
    public static String fileOf(String gadget, String file) {
        int name = file.lastIndexOf('/') + 1;
        int dot = file.lastIndexOf('.');
        int at = dot > name ? dot : file.length();
        return file.substring(0, at) + "." + gadget + file.substring(at);
    }
}
