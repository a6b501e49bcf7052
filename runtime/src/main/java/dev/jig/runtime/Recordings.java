// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import dev.jig.recording.Recording;
import dev.jig.recording.ReplayOperator;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Replays recorded runs and hands their records to Java code, without the kernel and without privileges. */
public final class Recordings {
    private final Log log;

    private Recordings(Log log) {
        this.log = log;
    }

    /** Recordings that are replayed as fast as it goes. */
    public static Recordings fast() {
        return new Recordings(Log.NONE);
    }

    /** The same with messages to a log, such as what is missing of a recording. */
    public Recordings withLog(Log newLog) {
        return new Recordings(newLog);
    }

    /**
     * Opens a recording as if it were the gadget that was recorded: {@link Gadget#run} returns when all of it was handed out.
     *
     * @param params values by fully qualified names, over those of the run that was recorded
     * @return the gadget, to be closed by the caller
     * @throws GadgetException when there is no such recording, or it is malformed
     */
    public Gadget open(Path file, Map<String, String> params) {
        Recording recording = Recording.open(file);
        Map<String, String> values = new LinkedHashMap<>(Map.of(ReplayOperator.SPEED.qualifiedName(), "0"));
        values.putAll(recording.values(params));
        GadgetContext context =
                new GadgetContext(recording.image(), new RunOptions(ParamValues.of(values), log, false));
        GadgetRun run = new GadgetRun(context, ReplayOperators.with(recording));
        Gadget gadget = new Gadget(run, recording::close);
        try {
            run.prepare();
            return gadget;
        } catch (RuntimeException failure) {
            gadget.close();
            throw failure;
        }
    }

    /** The same without params. */
    public Gadget open(Path file) {
        return open(file, Map.of());
    }
}
