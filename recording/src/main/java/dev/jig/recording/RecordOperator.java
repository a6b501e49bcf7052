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
        String file = context.value(FILE);
        return file.isEmpty() ? Optional.empty() : Optional.of(recorder(file, context));
    }

    private static OperatorInstance recorder(String file, GadgetContext context) {
        return new RecorderInstance(
                () -> RecordingFile.create(
                        Path.of(file), context.value(OVERWRITE).equals("true")),
                context);
    }
}
